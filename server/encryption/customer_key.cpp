#include "encryption/customer_key.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <openssl/crypto.h>

#include "checksum/digest.h"
#include "error/try.h"
#include "text/ascii.h"
#include "text/base64.h"

namespace pail::encryption {
namespace {

// The argument that AWS names whatever is wrong with a key.
constexpr const char* kArgument = "x-amz-server-side-encryption";

Unexpected<S3Error> refuse(const char* message) {
  return invalid_argument(message, kArgument, "null");
}

struct Names {
  std::string_view algorithm, key, md5;
};
constexpr Names kOfObject{"x-amz-server-side-encryption-customer-algorithm",
                          "x-amz-server-side-encryption-customer-key",
                          "x-amz-server-side-encryption-customer-key-MD5"};
constexpr Names kOfCopySource{"x-amz-copy-source-server-side-encryption-customer-algorithm",
                              "x-amz-copy-source-server-side-encryption-customer-key",
                              "x-amz-copy-source-server-side-encryption-customer-key-MD5"};

std::optional<std::string_view> field(const http::HeaderMap& headers, std::string_view name) {
  const auto value = headers.find(name);
  if (!value || text::trim(*value).empty()) return std::nullopt;
  return text::trim(*value);
}

S3Result<CustomerKey> decode(std::string_view encoded, std::optional<std::string_view> md5) {
  auto bytes = text::base64_decode(encoded);
  // The MD5 is compared before the length is looked at: short keys were recorded to fail by it.
  if (bytes && md5 && text::base64_encode(checksum::md5(*bytes)) != *md5) {
    return refuse("The calculated MD5 hash of the key did not match the hash that was provided.");
  }
  if (!bytes || bytes->size() != CustomerKey::kBytes) {
    return refuse("The secret key was invalid for the specified algorithm.");
  }
  CustomerKey key{std::span<const std::byte, CustomerKey::kBytes>(*bytes)};
  OPENSSL_cleanse(bytes->data(), bytes->size());
  return key;
}

}  // namespace

CustomerKey::CustomerKey(std::span<const std::byte, kBytes> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

CustomerKey::~CustomerKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

std::string CustomerKey::md5() const { return text::base64_encode(checksum::md5(bytes_)); }

bool is_customer_key_header(std::string_view name) {
  constexpr std::string_view kObject = "x-amz-server-side-encryption-customer-";
  constexpr std::string_view kCopySource = "x-amz-copy-source-server-side-encryption-customer-";
  // Every request asks this of all its headers, and hardly any is that long.
  if (name.size() <= kObject.size()) return false;
  return text::starts_with_ignore_case(name, kObject) ||
         text::starts_with_ignore_case(name, kCopySource);
}

S3Result<std::optional<CustomerKey>> parse_customer_key(const http::HeaderMap& headers,
                                                        KeyUse use) {
  const Names& names = use == KeyUse::kCopySource ? kOfCopySource : kOfObject;
  const auto algorithm = field(headers, names.algorithm);
  const auto key = field(headers, names.key);
  const auto md5 = field(headers, names.md5);
  if (!algorithm && !key && !md5) return std::optional<CustomerKey>();
  if (!algorithm) {
    return refuse(
        "Requests specifying Server Side Encryption with Customer provided keys must provide a "
        "valid encryption algorithm.");
  }
  if (*algorithm != "AES256") {
    return fail(S3Error(S3ErrorCode::InvalidEncryptionAlgorithmError)
                    .with("ArgumentName", kArgument)
                    .with("ArgumentValue", std::string(*algorithm)));
  }
  if (!key) {
    return refuse(
        "Requests specifying Server Side Encryption with Customer provided keys must provide an "
        "appropriate secret key.");
  }
  PAIL_TRY(CustomerKey decoded, decode(*key, md5));
  return std::optional<CustomerKey>(std::move(decoded));
}

}  // namespace pail::encryption
