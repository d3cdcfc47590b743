#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::test {
namespace {

constexpr const char* kSse = "x-amz-server-side-encryption";

class PutBucketEncryption : public ::testing::Test {
 protected:
  PutBucketEncryption() { server_.use_tls(); }

  Answer put(const std::string& rule) {
    const std::string document = "<ServerSideEncryptionConfiguration><Rule>" + rule +
                                 "</Rule></ServerSideEncryptionConfiguration>";
    return server_.put("/bucket?encryption", document, {content_md5(document)});
  }
  Answer put_default(const std::string& inner, const std::string& more = "") {
    return put("<ApplyServerSideEncryptionByDefault>" + inner +
               "</ApplyServerSideEncryptionByDefault>" + more);
  }

  Loopback server_;
};

TEST_F(PutBucketEncryption, ObjectsGetWhatTheBucketSays) {
  const Answer answer = put_default(
      "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>"
      "134f2428-cec1-4b25-a1ae-9048164dba47</KMSMasterKeyID>",
      "<BucketKeyEnabled>true</BucketKeyEnabled>");
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(answer.body, "");
  const Answer written = server_.put("/bucket/k", "bytes");
  for (const Answer& told : {written, server_.head("/bucket/k"), server_.get("/bucket/k")}) {
    EXPECT_EQ(told.header(kSse), "aws:kms");
    EXPECT_EQ(told.header("x-amz-server-side-encryption-aws-kms-key-id"),
              "arn:aws:kms:us-east-1:000000000000:key/134f2428-cec1-4b25-a1ae-9048164dba47");
    EXPECT_EQ(told.header("x-amz-server-side-encryption-bucket-key-enabled"), "true");
  }
}

TEST_F(PutBucketEncryption, WhatTheRequestSaysComesFirst) {
  put_default("<SSEAlgorithm>aws:kms</SSEAlgorithm>");
  EXPECT_EQ(server_.put("/bucket/k", "bytes", {{kSse, "AES256"}}).header(kSse), "AES256");
}

TEST_F(PutBucketEncryption, CopiesAndUploadsFollowTheBucketToo) {
  server_.put("/bucket/source", "bytes");
  put_default("<SSEAlgorithm>aws:kms:dsse</SSEAlgorithm>");
  EXPECT_EQ(server_.put("/bucket/k", "", {{"x-amz-copy-source", "/bucket/source"}}).header(kSse),
            "aws:kms:dsse");
  EXPECT_EQ(server_.post("/bucket/k?uploads", "").header(kSse), "aws:kms:dsse");
}

TEST_F(PutBucketEncryption, ObjectsWrittenBeforeStayAsTheyAre) {
  server_.put("/bucket/k", "bytes");
  put_default("<SSEAlgorithm>aws:kms</SSEAlgorithm>");
  EXPECT_EQ(server_.head("/bucket/k").header(kSse), "AES256");
}

TEST_F(PutBucketEncryption, KeysAreLookedUpWhenTheyAreNeeded) {
  EXPECT_EQ(put_default("<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>"
                        "alias/pail/disabled</KMSMasterKeyID>")
                .outcome(),
            "200");
  EXPECT_EQ(server_.put("/bucket/k", "bytes").outcome(), "400 KMS.DisabledException");
}

TEST_F(PutBucketEncryption, CustomerKeysCanBeBlocked) {
  const Headers customer = {{"x-amz-server-side-encryption-customer-algorithm", "AES256"},
                            {"x-amz-server-side-encryption-customer-key",
                             "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="}};
  ASSERT_EQ(server_.put("/bucket/before", "bytes", customer).outcome(), "200");
  ASSERT_EQ(put_default("<SSEAlgorithm>AES256</SSEAlgorithm>",
                        "<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType>"
                        "</BlockedEncryptionTypes>")
                .outcome(),
            "200");
  const Answer refused = server_.put("/bucket/k", "bytes", customer);
  EXPECT_EQ(refused.outcome(), "403 AccessDenied");
  EXPECT_NE(refused.element("Message").find(
                "because this bucket has blocked upload requests that specify Server Side "
                "Encryption with Customer provided keys (SSE-C)"),
            std::string::npos);
  EXPECT_EQ(server_.post("/bucket/k?uploads", "", customer).outcome(), "403 AccessDenied");
  EXPECT_EQ(server_.get("/bucket/before", customer).body, "bytes");
}

TEST_F(PutBucketEncryption, WhatIsBlockedStaysSoUnlessItIsSpokenOf) {
  server_.put("/fresh", "");
  const auto put_rule = [&](const std::string& rule) {
    const std::string document = "<ServerSideEncryptionConfiguration><Rule>" + rule +
                                 "</Rule></ServerSideEncryptionConfiguration>";
    ASSERT_EQ(server_.put("/fresh?encryption", document, {content_md5(document)}).outcome(), "200");
  };
  const std::string kms =
      "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
      "</ApplyServerSideEncryptionByDefault>";
  put_rule(kms);
  EXPECT_EQ(server_.get("/fresh?encryption").element("EncryptionType"), "SSE-C");
  put_rule(
      "<BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>");
  put_rule(kms);
  EXPECT_EQ(server_.get("/fresh?encryption").element("EncryptionType"), "NONE");
  EXPECT_EQ(server_.get("/fresh?encryption").element("SSEAlgorithm"), "aws:kms");
}

TEST_F(PutBucketEncryption, KeyForAes256IsRefusedAsRecorded) {
  const Answer answer = put_default(
      "<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>randomkeyid</KMSMasterKeyID>");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentName"), "ApplyServerSideEncryptionByDefault");
}

TEST_F(PutBucketEncryption, TwoRulesAreMalformed) {
  EXPECT_EQ(put("</Rule><Rule>").outcome(), "400 MalformedXML");
}

TEST_F(PutBucketEncryption, ADigestOfTheBodyIsRequired) {
  EXPECT_EQ(server_.put("/bucket?encryption", "<x/>").outcome(), "400 InvalidRequest");
}

}  // namespace
}  // namespace pail::test
