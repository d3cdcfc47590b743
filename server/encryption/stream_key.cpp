#include "encryption/stream_key.h"

#include <algorithm>

#include <openssl/crypto.h>

#include "checksum/digest.h"
#include "text/ascii.h"
#include "text/bytes.h"

namespace pail::encryption {
namespace {

constexpr char kVersion = '\x01';
constexpr std::size_t kObjectSaltBytes = 32;
constexpr std::size_t kVerifierBytes = 32;
constexpr std::size_t kHeaderBytes = 1 + kObjectSaltBytes + kVerifierBytes;

/// HKDF with SHA-256 (RFC 5869), for as many bytes as one block has.
std::array<std::byte, 32> derive(const CustomerKey& key, std::string_view salt,
                                 std::string_view info) {
  auto extracted = checksum::hmac_sha256(text::as_bytes(salt), std::span(key.bytes()));
  const auto expanded = checksum::hmac_sha256(extracted, std::string(info) + '\x01');
  OPENSSL_cleanse(extracted.data(), extracted.size());
  return expanded;
}

std::string_view salt_of(std::string_view cipher_header) {
  return cipher_header.substr(std::min<std::size_t>(1, cipher_header.size()), kObjectSaltBytes);
}

std::string verifier(const CustomerKey& key, std::string_view salt) {
  return std::string(text::as_text(derive(key, salt, "pail SSE-C verifier 1")));
}

}  // namespace

std::string make_cipher_header(const CustomerKey& key, random::Random& random) {
  std::array<std::byte, kObjectSaltBytes> salt{};
  random.fill(salt);
  std::string header(1, kVersion);
  header += text::as_text(salt);
  header += verifier(key, text::as_text(salt));
  return header;
}

bool is_key_of(const CustomerKey& key, std::string_view cipher_header) {
  if (cipher_header.size() != kHeaderBytes || cipher_header.front() != kVersion) return false;
  return text::constant_time_equals(verifier(key, salt_of(cipher_header)),
                                    cipher_header.substr(1 + kObjectSaltBytes));
}

StreamKey::StreamKey(const CustomerKey& key, std::string_view cipher_header,
                     std::uint32_t part_number, const Salt& salt)
    : bytes_{} {
  std::string salts(salt_of(cipher_header));
  salts += text::as_text(salt);
  bytes_ = derive(key, salts, "pail SSE-C stream 1 part " + std::to_string(part_number));
}

StreamKey::~StreamKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

}  // namespace pail::encryption
