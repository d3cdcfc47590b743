#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pail::checksum {

/// A digest in the making. Not thread-safe; one object belongs to one stream of bytes.
class Digest {
 public:
  Digest() = default;
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  virtual ~Digest() = default;

  virtual void update(std::span<const std::byte> bytes) = 0;

  /// The digest of everything given to update, in the order of bytes that S3 puts into base64 (most
  /// significant first). To be called once; the object is spent afterwards.
  virtual std::vector<std::byte> finish() = 0;
};

std::unique_ptr<Digest> make_md5();
std::unique_ptr<Digest> make_sha1();
std::unique_ptr<Digest> make_sha256();
std::unique_ptr<Digest> make_sha512();

// One-shots. Thread-safe.
std::array<std::byte, 32> sha256(std::span<const std::byte> bytes);
std::array<std::byte, 16> md5(std::span<const std::byte> bytes);

/// SHA-256 as lower-case hex, as signatures use it.
std::string sha256_hex(std::string_view text);

std::array<std::byte, 32> hmac_sha256(std::span<const std::byte> key,
                                      std::span<const std::byte> message);
std::array<std::byte, 32> hmac_sha256(std::span<const std::byte> key, std::string_view message);
std::array<std::byte, 20> hmac_sha1(std::span<const std::byte> key,
                                    std::span<const std::byte> message);
std::array<std::byte, 20> hmac_sha1(std::span<const std::byte> key, std::string_view message);

}  // namespace pail::checksum
