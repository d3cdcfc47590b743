#include "service/redaction.h"

#include <gtest/gtest.h>

namespace pail::service {
namespace {

TEST(Redaction, AuthorizationLosesItsSignatureOnly) {
  EXPECT_EQ(recordable_value("authorization",
                             "AWS4-HMAC-SHA256 Credential=AK/20130524/us-east-1/s3/aws4_request,"
                             "SignedHeaders=host, Signature=deadbeef"),
            "AWS4-HMAC-SHA256 Credential=AK/20130524/us-east-1/s3/aws4_request, "
            "SignedHeaders=host, Signature=(left out)");
  EXPECT_EQ(recordable_value("Authorization", "AWS AK:c2lnbmF0dXJl="), "AWS AK:(left out)");
}

TEST(Redaction, OtherCredentialsAreLeftOut) {
  EXPECT_EQ(recordable_value("Authorization", "Bearer abc"), "(left out)");
  EXPECT_EQ(recordable_value("Authorization", "deadbeef"), "(left out)");
  EXPECT_EQ(recordable_value("X-Amz-Security-Token", "abc"), "(left out)");
  EXPECT_EQ(recordable_value("x-amz-server-side-encryption-customer-key", "abc"), "(left out)");
  EXPECT_EQ(recordable_value("Cookie", "abc"), "(left out)");
}

TEST(Redaction, AMalformedAuthorizationShowsNothingUnknown) {
  const std::string kept =
      recordable_value("Authorization", "AWS4-HMAC-SHA256 Sig nature=deadbeef, signature=deadbeef");
  EXPECT_EQ(kept.find("deadbeef"), std::string::npos) << kept;
  EXPECT_EQ(recordable_value("Authorization", "AWS deadbeef").find("deadbeef"), std::string::npos);
}

TEST(Redaction, TheRefererMayBeAPresignedUrl) {
  EXPECT_EQ(recordable_value("Referer", "http://h/b/k?X-Amz-Signature=dead"), "http://h/b/k");
}

TEST(Redaction, OtherValuesStayAndAreBounded) {
  EXPECT_EQ(recordable_value("Content-Type", "image/png"), "image/png");
  const std::string cut_value = recordable_value("x-amz-meta-a", std::string(5000, 'a'));
  EXPECT_EQ(cut_value.size(), kRecordedValueBytesMost);
  EXPECT_TRUE(cut_value.ends_with("a..."));
}

TEST(Redaction, SignedTextLosesSecretLinesAndParameters) {
  EXPECT_EQ(recordable_signed_text("GET\n/b/k\nX-Amz-Security-Token=abc&acl=\nhost:h\n"
                                   "x-amz-security-token:abc\n\nhost;x-amz-security-token\nHASH"),
            "GET\n/b/k\nX-Amz-Security-Token=(left out)&acl=\nhost:h\n"
            "x-amz-security-token:(left out)\n\nhost;x-amz-security-token\nHASH");
}

TEST(Redaction, CuttingKeepsCharactersWhole) {
  EXPECT_EQ(cut("abcdef", 6), "abcdef");
  EXPECT_EQ(cut("abcdefg", 6), "abc...");
  EXPECT_EQ(cut("ab\xC3\xA4\xC3\xA4\xC3\xA4", 6), "ab...");
}

TEST(Redaction, PartsOfPresignedUrlsAreKnown) {
  EXPECT_TRUE(is_presigning("X-Amz-Signature"));
  EXPECT_TRUE(is_presigning("Expires"));
  EXPECT_FALSE(is_presigning("versionId"));
}

}  // namespace
}  // namespace pail::service
