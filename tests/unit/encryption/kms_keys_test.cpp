#include "encryption/kms_keys.h"

#include <gtest/gtest.h>

namespace pail::encryption {
namespace {

const KmsPlace kPlace{"us-east-1", "111111111111"};
constexpr const char* kId = "134f2428-cec1-4b25-a1ae-9048164dba47";

/// The ARN, or "Code: message".
std::string resolved(std::string_view name) {
  const auto arn = resolve_kms_key(name, kPlace);
  if (arn) return *arn;
  return std::string(error_name(arn.error().code)) + ": " + arn.error().message;
}

std::string arn_of(std::string_view id) {
  return "arn:aws:kms:us-east-1:111111111111:key/" + std::string(id);
}

TEST(KmsKeys, IdBecomesAnArn) {
  EXPECT_EQ(resolved(kId), arn_of(kId));
  EXPECT_EQ(resolved("mrk-1234abcd12ab34cd56ef1234567890ab"),
            arn_of("mrk-1234abcd12ab34cd56ef1234567890ab"));
}

TEST(KmsKeys, ArnStaysAsItIs) {
  EXPECT_EQ(resolved(arn_of(kId)), arn_of(kId));
  const std::string other = "arn:aws-cn:kms:us-east-1:222222222222:key/" + std::string(kId);
  EXPECT_EQ(resolved(other), other);
}

TEST(KmsKeys, AliasStandsForTheSameKeyAlways) {
  const std::string arn = resolved("alias/mine");
  EXPECT_TRUE(arn.starts_with(arn_of(""))) << arn;
  EXPECT_EQ(resolved("alias/mine"), arn);
  EXPECT_EQ(resolved("arn:aws:kms:us-east-1:111111111111:alias/mine"), arn);
  EXPECT_NE(resolved("alias/other"), arn);
  EXPECT_EQ(resolved(arn), arn);
}

TEST(KmsKeys, DefaultIsTheAliasOfS3) {
  EXPECT_EQ(default_kms_key(kPlace), resolved("alias/aws/s3"));
  EXPECT_NE(default_kms_key({"us-east-1", "222222222222"}), default_kms_key(kPlace));
}

TEST(KmsKeys, NamesThatAreNoneAreNotFound) {
  EXPECT_EQ(resolved("fake-key-id"), "KMS.NotFoundException: Invalid keyId 'fake-key-id'");
  EXPECT_EQ(resolved(""), "KMS.NotFoundException: Invalid keyId ''");
  EXPECT_EQ(resolved("alias/"), "KMS.NotFoundException: Invalid keyId 'alias/'");
  EXPECT_EQ(resolved("arn:aws:s3:::bucket"),
            "KMS.NotFoundException: Invalid arn arn:aws:s3:::bucket");
  EXPECT_EQ(resolved("arn:aws:kms:us-east-1:111111111111:key/x"),
            "KMS.NotFoundException: Invalid arn arn:aws:kms:us-east-1:111111111111:key/x");
}

TEST(KmsKeys, KeysOfOtherRegionsAreRefusedByTheRegion) {
  EXPECT_EQ(resolved("arn:aws:kms:eu-west-1:111111111111:key/" + std::string(kId)),
            "KMS.NotFoundException: Invalid arn eu-west-1");
}

TEST(KmsKeys, SomeAreThereToBeRefused) {
  EXPECT_EQ(resolved("00000000-0000-4000-8000-000000000001"),
            "KMS.NotFoundException: Key '" + arn_of("00000000-0000-4000-8000-000000000001") +
                "' does not exist");
  EXPECT_EQ(
      resolved("alias/pail/disabled"),
      "KMS.DisabledException: " + arn_of("00000000-0000-4000-8000-000000000002") + " is disabled.");
  EXPECT_EQ(resolved("alias/pail/pending-deletion"),
            "KMS.KMSInvalidStateException: " + arn_of("00000000-0000-4000-8000-000000000003") +
                " is pending deletion.");
}

TEST(KmsKeys, OneIsDisabledOnceItHasEncrypted) {
  const std::string arn = resolved("alias/pail/disabled-later");
  EXPECT_EQ(arn, arn_of("00000000-0000-4000-8000-000000000004"));
  const auto refused = check_kms_decryption(arn);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, S3ErrorCode::KmsDisabledException);
  EXPECT_TRUE(check_kms_decryption(arn_of(kId)).has_value());
  EXPECT_TRUE(check_kms_decryption("").has_value());
}

}  // namespace
}  // namespace pail::encryption
