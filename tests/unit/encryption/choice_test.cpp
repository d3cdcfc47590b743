#include "encryption/choice.h"

#include <initializer_list>

#include <gtest/gtest.h>

#include "text/base64.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

const KmsPlace kPlace{"us-east-1", "111111111111"};
const std::string kSse = "x-amz-server-side-encryption";
const std::string kKey = kSse + "-aws-kms-key-id";
const std::string kBucketKey = kSse + "-bucket-key-enabled";
const std::string kContext = kSse + "-context";

std::string base64(std::string_view text) { return text::base64_encode(text::as_bytes(text)); }

http::HeaderMap headers(std::initializer_list<http::Header> fields) {
  http::HeaderMap map;
  for (const http::Header& field : fields) map.add(field.name, field.value);
  return map;
}

S3Result<Choice> choose(std::initializer_list<http::Header> fields,
                        const BucketDefault& by_default = {}) {
  return choose_encryption(headers(fields), by_default, kPlace);
}

/// The headers of an answer as "name=value ", or "Code: message".
std::string outcome(const S3Result<Choice>& choice) {
  if (!choice) return std::string(error_name(choice.error().code)) + ": " + choice.error().message;
  http::HeaderMap out;
  add_encryption_headers(choice->encryption, out);
  add_context_header(choice->encryption, out);
  std::string all;
  for (const http::Header& field : out) all += field.name + "=" + field.value + " ";
  return all;
}

const std::string kNone = kSse + "=AES256 ";

std::string kms(const std::string& method, const std::string& arn, const std::string& more = "") {
  return kSse + "=" + method + " " + kKey + "=" + arn + " " + more;
}

TEST(EncryptionChoice, IsAes256UnlessSomethingElseIsSaid) {
  EXPECT_EQ(outcome(choose({})), kNone);
  EXPECT_EQ(outcome(choose({{kSse, "AES256"}})), kNone);
}

TEST(EncryptionChoice, KmsWithoutKeyIsS3sOwn) {
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}})), kms("aws:kms", default_kms_key(kPlace)));
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms:dsse"}})),
            kms("aws:kms:dsse", default_kms_key(kPlace)));
}

TEST(EncryptionChoice, ShowsBucketKeyAndContext) {
  const std::string context = base64(R"({"a":"b"})");
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}, {kBucketKey, "true"}, {kContext, context}})),
            kms("aws:kms", default_kms_key(kPlace),
                kBucketKey + "=true " + kContext + "=" + context + " "));
}

TEST(EncryptionChoice, ContextIsAMapOfStrings) {
  for (const std::string& context :
       {std::string("{}"), base64("[]"), base64(R"({"a":1})"), base64("{")}) {
    EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}, {kContext, context}})),
              "InvalidArgument: The header 'x-amz-server-side-encryption-context' shall be "
              "Base64-encoded UTF-8 string holding JSON which represents a string-string map");
  }
}

TEST(EncryptionChoice, BucketSpeaksWhereTheRequestIsSilent) {
  const BucketDefault by_default{model::EncryptionKind::kSseKms, "alias/mine", true, false, false};
  const std::string arn = *resolve_kms_key("alias/mine", kPlace);
  EXPECT_EQ(outcome(choose({}, by_default)), kms("aws:kms", arn, kBucketKey + "=true "));
  EXPECT_EQ(outcome(choose({{kSse, "AES256"}}, by_default)), kNone);
  // The key of the bucket goes with its method, its bucket key with every key.
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}}, by_default)),
            kms("aws:kms", default_kms_key(kPlace), kBucketKey + "=true "));
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}, {kBucketKey, "false"}}, by_default)),
            kms("aws:kms", default_kms_key(kPlace)));
}

TEST(EncryptionChoice, UnknownMethodIsRefused) {
  for (const char* method : {"", "KMS", "aes256"}) {
    EXPECT_EQ(outcome(choose({{kSse, method}})),
              "InvalidArgument: The encryption method specified is not supported");
  }
}

TEST(EncryptionChoice, KeyNeedsKms) {
  const std::string refusal =
      "InvalidArgument: Server Side Encryption with AWS KMS managed key requires HTTP header "
      "x-amz-server-side-encryption : aws:kms";
  EXPECT_EQ(outcome(choose({{kKey, "alias/mine"}})), refusal);
  EXPECT_EQ(outcome(choose({{kSse, "AES256"}, {kKey, "alias/mine"}})), refusal);
}

TEST(EncryptionChoice, KeysAreLookedUp) {
  EXPECT_EQ(outcome(choose({{kSse, "aws:kms"}, {kKey, "fake-key-id"}})),
            "KMS.NotFoundException: Invalid keyId 'fake-key-id'");
}

TEST(EncryptionChoice, CustomerKeyIsShownByItsMd5) {
  const std::string customer = kSse + "-customer-";
  const auto choice = choose(
      {{customer + "algorithm", "AES256"}, {customer + "key", base64(std::string(32, 'k'))}});
  ASSERT_TRUE(choice.has_value());
  ASSERT_TRUE(choice->key.has_value());
  EXPECT_EQ(outcome(choice),
            customer + "algorithm=AES256 " + customer + "key-MD5=" + choice->key->md5() + " ");
}

TEST(EncryptionChoice, CustomerKeyExcludesAnyMethod) {
  const std::string refusal =
      "InvalidArgument: Server Side Encryption with Customer provided key is incompatible with the "
      "encryption method specified";
  const std::string customer = kSse + "-customer-";
  EXPECT_EQ(outcome(choose({{kSse, "AES256"}, {customer + "algorithm", "AES256"}})), refusal);
  EXPECT_EQ(outcome(choose({{kSse, "AES256"},
                            {customer + "algorithm", "AES256"},
                            {customer + "key", base64(std::string(32, 'k'))}})),
            refusal);
}

TEST(EncryptionChoice, IsRefusedWhereItIsTooLate) {
  EXPECT_TRUE(refuse_choice({}).has_value());
  EXPECT_TRUE(refuse_choice(headers({{kSse + "-customer-algorithm", "AES256"}})).has_value());
  const auto refused = refuse_choice(headers({{kSse, "AES256"}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "x-amz-server-side-encryption header is not supported for this operation.");
}

TEST(EncryptionChoice, IsNamedByAnyOfItsHeaders) {
  EXPECT_FALSE(names_encryption(headers({{"x-amz-meta-x-amz-server-side-encryption", "1"}})));
  EXPECT_TRUE(names_encryption(headers({{"X-Amz-Server-Side-Encryption-Customer-Key", "1"}})));
}

}  // namespace
}  // namespace pail::encryption
