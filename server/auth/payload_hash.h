#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "checksum/digest.h"
#include "http/body_reader.h"

namespace pail::auth {

/// The SHA-256 of no bytes at all.
inline constexpr std::string_view kEmptyPayloadHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A body of which nothing is to be proven. `inner` outlives it.
class PlainBody final : public http::BodyReader {
 public:
  explicit PlainBody(http::BodyReader& inner) : inner_(inner) {}
  Task<S3Result<std::span<const std::byte>>> read() override { return inner_.read(); }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return inner_.length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return inner_.trailers(); }

 private:
  http::BodyReader& inner_;
};

/// A body whose SHA-256 was announced by x-amz-content-sha256: its end is an error
/// (XAmzContentSHA256Mismatch) unless the bytes had that hash. `inner` outlives it.
class PayloadHashBody final : public http::BodyReader {
 public:
  /// `announced` is compared with the hex digest, ignoring case.
  PayloadHashBody(http::BodyReader& inner, std::string announced);
  Task<S3Result<std::span<const std::byte>>> read() override;
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return inner_.length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return inner_.trailers(); }

 private:
  [[nodiscard]] S3Result<std::span<const std::byte>> finish();

  http::BodyReader& inner_;
  std::string announced_;
  std::unique_ptr<checksum::Digest> digest_;  // null once the end was reached
  bool failed_ = false;
};

/// The error of a body that has another hash than announced.
S3Error payload_hash_mismatch(std::string announced, std::string computed);

}  // namespace pail::auth
