#include "encryption/customer_key.h"

#include <string>

#include <gtest/gtest.h>

#include "checksum/digest.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

struct Sent {
  std::string algorithm = "AES256";
  std::string key;
  std::string md5;
};

Sent sent(const std::string& raw) {
  return {"AES256", text::base64_encode(text::as_bytes(raw)),
          text::base64_encode(checksum::md5(text::as_bytes(raw)))};
}

/// "ok", "none", or "Code: message".
std::string outcome(const Sent& sent, KeyUse use = KeyUse::kObject) {
  const std::string prefix = use == KeyUse::kObject
                                 ? "x-amz-server-side-encryption-customer-"
                                 : "X-Amz-Copy-Source-Server-Side-Encryption-Customer-";
  http::HeaderMap headers;
  if (!sent.algorithm.empty()) headers.add(prefix + "algorithm", sent.algorithm);
  if (!sent.key.empty()) headers.add(prefix + "key", sent.key);
  if (!sent.md5.empty()) headers.add(prefix + "key-MD5", sent.md5);
  const auto key = parse_customer_key(headers, use);
  if (key) return key->has_value() ? "ok" : "none";
  return std::string(error_name(key.error().code)) + ": " + key.error().message;
}

const std::string kKey(32, 'k');

TEST(CustomerKey, IsTakenWithAlgorithmAndMd5) {
  EXPECT_EQ(outcome(sent(kKey)), "ok");
  EXPECT_EQ(outcome(sent(kKey), KeyUse::kCopySource), "ok");
}

TEST(CustomerKey, IsNoneWithoutHeaders) { EXPECT_EQ(outcome({"", "", ""}), "none"); }

TEST(CustomerKey, MayComeWithoutMd5) { EXPECT_EQ(outcome({"AES256", sent(kKey).key, ""}), "ok"); }

TEST(CustomerKey, NeedsAnAlgorithm) {
  EXPECT_EQ(outcome({"", sent(kKey).key, sent(kKey).md5}),
            "InvalidArgument: Requests specifying Server Side Encryption with Customer provided "
            "keys must provide a valid encryption algorithm.");
}

TEST(CustomerKey, NeedsAKey) {
  EXPECT_EQ(outcome({"AES256", "", sent(kKey).md5}),
            "InvalidArgument: Requests specifying Server Side Encryption with Customer provided "
            "keys must provide an appropriate secret key.");
}

TEST(CustomerKey, AlgorithmIsAes256) {
  EXPECT_EQ(outcome({"KMS", sent(kKey).key, sent(kKey).md5}),
            "InvalidEncryptionAlgorithmError: The Encryption request you specified is not valid. "
            "Supported value: AES256.");
}

TEST(CustomerKey, OfAnotherLengthIsRefused) {
  const std::string refusal =
      "InvalidArgument: The secret key was invalid for the specified algorithm.";
  EXPECT_EQ(outcome(sent("short")), refusal);
  EXPECT_EQ(outcome(sent(std::string(33, 'k'))), refusal);
  EXPECT_EQ(outcome({"AES256", "not base64!", sent(kKey).md5}), refusal);
}

TEST(CustomerKey, Md5IsComparedBeforeTheLength) {
  const std::string refusal =
      "InvalidArgument: The calculated MD5 hash of the key did not match the hash that was "
      "provided.";
  EXPECT_EQ(outcome({"AES256", sent(kKey).key, sent("other").md5}), refusal);
  EXPECT_EQ(outcome({"AES256", sent("short").key, sent(kKey).md5}), refusal);
}

TEST(CustomerKey, TellsItsMd5) {
  const CustomerKey key(std::span<const std::byte, 32>(text::as_bytes(kKey).data(), 32));
  EXPECT_EQ(key.md5(), sent(kKey).md5);
}

TEST(CustomerKey, IsSpokenOfByTheHeadersOfBothUses) {
  EXPECT_TRUE(is_customer_key_header("x-amz-server-side-encryption-customer-key"));
  EXPECT_TRUE(is_customer_key_header("X-Amz-Server-Side-Encryption-Customer-Algorithm"));
  EXPECT_TRUE(is_customer_key_header("x-amz-copy-source-server-side-encryption-customer-key-MD5"));
  EXPECT_FALSE(is_customer_key_header("x-amz-server-side-encryption"));
  EXPECT_FALSE(is_customer_key_header("x-amz-server-side-encryption-context"));
}

}  // namespace
}  // namespace pail::encryption
