#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "auth/chunk_decoder.h"
#include "http/body_reader.h"

namespace pail::auth {

/// The content of an aws-chunked body. `inner` outlives it. Fails as ChunkDecoder does.
class ChunkedBody final : public http::BodyReader {
 public:
  ChunkedBody(http::BodyReader& inner, ChunkFraming framing);
  Task<S3Result<std::span<const std::byte>>> read() override;
  /// Of the content, without framing.
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return decoder_.decoded_bytes();
  }
  /// The trailers of the body and those of the transfer coding around it.
  [[nodiscard]] const http::HeaderMap& trailers() const override { return trailers_; }

 private:
  Task<S3Result<std::span<const std::byte>>> read_on();

  http::BodyReader& inner_;
  ChunkDecoder decoder_;
  std::span<const std::byte> input_;  // what was read of inner_ and not yet decoded
  bool ended_ = false;
  std::optional<S3Error> failure_;
  http::HeaderMap trailers_;
};

}  // namespace pail::auth
