#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/chunk_signatures.h"
#include "error/s3_error.h"
#include "http/header_map.h"

namespace pail::auth {

/// How an aws-chunked body is framed, as the request's head announces it.
struct ChunkFraming {
  /// Present: every chunk carries a signature.
  std::optional<ChunkSeed> seed;
  /// Whether trailers may follow the last chunk.
  bool has_trailer_section = false;
  /// The names in x-amz-trailer: exactly these must come.
  std::vector<std::string> announced_trailers;
  /// x-amz-decoded-content-length.
  std::uint64_t decoded_bytes = 0;
};

/// The names in the fields x-amz-trailer, in lower case.
std::vector<std::string> announced_trailers(const http::HeaderMap& headers);

/// Takes the framing off an aws-chunked body, piece by piece. It copies no content: what it yields
/// is part of what it was given. Memory is bounded by the longest line it takes. Not thread-safe.
///
/// Strict: lines end in CRLF, a chunk has exactly its size, nothing follows the end. Fails, for
/// good: IncompleteBody for broken framing and wrong lengths, InvalidChunkSizeError for a chunk
/// below 8192 bytes that is not the last, SignatureDoesNotMatch, MalformedTrailerError.
class ChunkDecoder {
 public:
  explicit ChunkDecoder(ChunkFraming framing);

  /// Consumes some of `input` from its front and yields content from it; empty: `input` is used up
  /// or the body has ended.
  S3Result<std::span<const std::byte>> next(std::span<const std::byte>& input);
  /// Whether the end of the body was read.
  [[nodiscard]] bool is_done() const { return state_ == State::kDone; }
  /// To be asked when there is no more input. Fails: IncompleteBody if that is too early.
  [[nodiscard]] S3Result<void> finish() const;

  [[nodiscard]] std::uint64_t decoded_bytes() const { return framing_decoded_bytes_; }
  /// Complete when the body is done.
  [[nodiscard]] const http::HeaderMap& trailers() const { return trailers_; }

 private:
  enum class State { kHead, kData, kDataEnd, kTrailers, kDone };

  S3Result<void> step(std::span<const std::byte>& input);
  S3Result<std::optional<std::string_view>> take_line(std::span<const std::byte>& input);
  S3Result<void> begin_chunk(std::string_view head);
  S3Result<void> end_content();
  S3Result<void> take_trailer_line(std::string_view line);
  S3Result<void> add_trailer(std::string_view pair);
  S3Result<void> end_trailers();
  S3Result<std::span<const std::byte>> take_data(std::span<const std::byte>& input);

  std::optional<ChunkSignatures> signatures_;
  bool has_trailer_section_;
  std::vector<std::string> announced_;
  std::uint64_t framing_decoded_bytes_;

  State state_ = State::kHead;
  std::string line_;  // a line that began in earlier input
  bool line_is_complete_ = false;
  std::uint64_t chunk_number_ = 0;
  std::uint64_t chunk_bytes_ = 0;
  std::uint64_t chunk_left_bytes_ = 0;
  std::uint64_t content_bytes_ = 0;
  std::string chunk_signature_;
  std::size_t trailer_bytes_ = 0;
  std::string signed_trailers_;
  std::string trailer_signature_;
  http::HeaderMap trailers_;
};

}  // namespace pail::auth
