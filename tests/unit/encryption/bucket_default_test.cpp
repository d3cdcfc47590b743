#include "encryption/bucket_default.h"

#include <gtest/gtest.h>

namespace pail::encryption {
namespace {

std::string document(const std::string& rule) {
  return "<ServerSideEncryptionConfiguration>" + rule + "</ServerSideEncryptionConfiguration>";
}

std::string by_default(const std::string& inner) {
  return "<Rule><ApplyServerSideEncryptionByDefault>" + inner +
         "</ApplyServerSideEncryptionByDefault></Rule>";
}

std::string refusal(const std::string& xml) {
  const auto parsed = parse_bucket_default(xml);
  return parsed ? "ok" : std::string(error_name(parsed.error().code));
}

TEST(BucketDefault, IsReadAndRenderedAgain) {
  const auto parsed = parse_bucket_default(
      document("<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
               "<KMSMasterKeyID>alias/mine</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>"
               "<BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes>"
               "<EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule>"));
  ASSERT_TRUE(parsed.has_value());
  const BucketDefault expected{model::EncryptionKind::kSseKms, "alias/mine", true, true, true};
  EXPECT_EQ(*parsed, expected);
  const auto again = parse_bucket_default(render_bucket_default(*parsed));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, expected);
}

TEST(BucketDefault, OfANewBucketBlocksCustomerKeys) {
  EXPECT_EQ(new_bucket_default(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ServerSideEncryptionConfiguration "
            "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule>"
            "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
            "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled>"
            "<BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType>"
            "</BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>");
}

TEST(BucketDefault, OfAnOlderBucketIsAes256WithoutBucketKey) {
  EXPECT_EQ(render_bucket_default({}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<ServerSideEncryptionConfiguration "
            "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule>"
            "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
            "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled>"
            "</Rule></ServerSideEncryptionConfiguration>");
}

TEST(BucketDefault, MayOnlySpeakOfBlocking) {
  const auto parsed = parse_bucket_default(
      document("<Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType>"
               "</BlockedEncryptionTypes></Rule>"));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_FALSE(parsed->blocks_customer_keys);
  EXPECT_TRUE(parsed->names_blocked_types);
}

TEST(BucketDefault, HasExactlyOneRule) {
  const std::string rule = by_default("<SSEAlgorithm>AES256</SSEAlgorithm>");
  EXPECT_EQ(refusal(document(rule)), "ok");
  EXPECT_EQ(refusal(document("")), "MalformedXML");
  EXPECT_EQ(refusal(document(rule + rule)), "MalformedXML");
}

TEST(BucketDefault, WhatIsNotOfTheSchemaIsMalformed) {
  EXPECT_EQ(refusal("<Other/>"), "MalformedXML");
  EXPECT_EQ(refusal("<"), "MalformedXML");
  EXPECT_EQ(refusal(document("<Rule/>")), "MalformedXML");
  EXPECT_EQ(refusal(document(by_default(""))), "MalformedXML");
  EXPECT_EQ(refusal(document(by_default("<SSEAlgorithm>rot13</SSEAlgorithm>"))), "MalformedXML");
  EXPECT_EQ(refusal(document("<Rule><BlockedEncryptionTypes><EncryptionType>KMS</EncryptionType>"
                             "</BlockedEncryptionTypes></Rule>")),
            "MalformedXML");
}

TEST(BucketDefault, Aes256HasNoKey) {
  const auto parsed = parse_bucket_default(document(by_default(
      "<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>randomkeyid</KMSMasterKeyID>")));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, S3ErrorCode::InvalidArgument);
  EXPECT_EQ(parsed.error().message,
            "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or "
            "aws:kms:dsse");
}

}  // namespace
}  // namespace pail::encryption
