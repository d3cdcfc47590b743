#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"

namespace pail::encryption {

/// A key that a client sends along to have its bytes encrypted (SSE-C). It lives as long as the
/// request, is never stored, and is wiped when it goes.
class CustomerKey {
 public:
  static constexpr std::size_t kBytes = 32;

  explicit CustomerKey(std::span<const std::byte, kBytes> bytes);
  CustomerKey(const CustomerKey&) = default;
  CustomerKey& operator=(const CustomerKey&) = default;
  ~CustomerKey();

  [[nodiscard]] std::span<const std::byte, kBytes> bytes() const { return bytes_; }
  /// Base64 of its MD5, as in ...-customer-key-MD5.
  [[nodiscard]] std::string md5() const;

 private:
  std::array<std::byte, kBytes> bytes_{};
};

/// What a key in a request is for.
enum class KeyUse {
  kObject,      // x-amz-server-side-encryption-customer-*
  kCopySource,  // x-amz-copy-source-server-side-encryption-customer-*
};

/// Whether a header of that name brings a client's key or says something about it, for any use.
bool is_customer_key_header(std::string_view name);

/// The key that a request brings; nothing if it names none. Fails as AWS was recorded to:
/// InvalidArgument (no algorithm, no key, wrong MD5, wrong length: looked at in that order),
/// InvalidEncryptionAlgorithmError. The MD5 may be missing: AWS was reported to take keys without.
S3Result<std::optional<CustomerKey>> parse_customer_key(const http::HeaderMap& headers, KeyUse use);

}  // namespace pail::encryption
