#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "auth/post_policy.h"
#include "http/body_reader.h"

namespace pail::auth {

/// A body that may only be so long: its end is an error (EntityTooSmall, EntityTooLarge) unless its
/// length lies in the range. One that is too long is read to its end, without being handed on, so
/// that the error can tell its size and the client is not cut off while it sends. `inner` outlives
/// it.
class LengthRangeBody final : public http::BodyReader {
 public:
  LengthRangeBody(http::BodyReader& inner, ContentLengthRange range)
      : inner_(inner), range_(range) {}

  Task<S3Result<std::span<const std::byte>>> read() override;
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return inner_.length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return inner_.trailers(); }

 private:
  http::BodyReader& inner_;
  ContentLengthRange range_;
  std::uint64_t size_bytes_ = 0;
};

}  // namespace pail::auth
