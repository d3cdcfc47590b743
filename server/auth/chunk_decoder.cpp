#include "auth/chunk_decoder.h"

#include <algorithm>
#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

constexpr std::size_t kLineBytesMost = 4096;
constexpr std::size_t kTrailerBytesMost = 16384;
constexpr std::uint64_t kChunkBytesMost = std::uint64_t{5} * 1024 * 1024 * 1024;
/// AWS was recorded to refuse smaller chunks before the last one.
constexpr std::uint64_t kChunkBytesLeast = 8192;
constexpr std::string_view kSignatureName = "chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";

/// AWS's sentence for all broken framing (recorded).
Unexpected<S3Error> broken(std::string hint) {
  return fail(S3Error(S3ErrorCode::IncompleteBody, "The request body terminated unexpectedly")
                  .because("aws-chunked body: " + std::move(hint)));
}

std::optional<std::uint64_t> parse_hex(std::string_view digits) {
  if (digits.empty() || digits.size() > 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    std::uint64_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint64_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint64_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
    value = value * 16 + digit;
  }
  return value;
}

}  // namespace

std::vector<std::string> announced_trailers(const http::HeaderMap& headers) {
  std::vector<std::string> names;
  for (const std::string_view field : headers.find_all("x-amz-trailer")) {
    for (const std::string_view name : text::split(field, ',')) {
      const std::string_view trimmed = text::trim(name);
      if (!trimmed.empty()) names.push_back(text::to_lower(trimmed));
    }
  }
  return names;
}

ChunkDecoder::ChunkDecoder(ChunkFraming framing)
    : has_trailer_section_(framing.has_trailer_section),
      announced_(std::move(framing.announced_trailers)),
      framing_decoded_bytes_(framing.decoded_bytes) {
  if (framing.seed) signatures_.emplace(std::move(*framing.seed));
}

S3Result<std::span<const std::byte>> ChunkDecoder::next(std::span<const std::byte>& input) {
  while (!input.empty()) {
    if (state_ == State::kDone) return broken("bytes follow its end");
    if (state_ == State::kData) return take_data(input);
    PAIL_CHECK(step(input));
  }
  return std::span<const std::byte>{};
}

S3Result<void> ChunkDecoder::finish() const {
  if (state_ == State::kDone) return {};
  return broken("it ends before its last chunk");
}

S3Result<std::span<const std::byte>> ChunkDecoder::take_data(std::span<const std::byte>& input) {
  const auto size =
      static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), chunk_left_bytes_));
  const auto data = input.first(size);
  input = input.subspan(size);
  chunk_left_bytes_ -= size;
  if (signatures_) signatures_->update(data);
  if (chunk_left_bytes_ == 0) {
    // Before the bytes are handed on: the last of a chunk are never seen unless it is genuine.
    if (signatures_) PAIL_CHECK(signatures_->finish_chunk(chunk_signature_));
    state_ = State::kDataEnd;
  }
  return data;
}

/// One line of framing, or as much of it as there is.
S3Result<void> ChunkDecoder::step(std::span<const std::byte>& input) {
  PAIL_TRY(const auto line, take_line(input));
  if (!line) return {};
  line_is_complete_ = true;
  switch (state_) {
    case State::kHead:
      return begin_chunk(*line);
    case State::kDataEnd:
      if (!line->empty()) return broken("a chunk is longer than its size");
      state_ = State::kHead;
      return {};
    case State::kTrailers:
      return take_trailer_line(*line);
    case State::kData:
    case State::kDone:
      break;
  }
  return broken("its framing is broken");
}

/// A whole line without its CRLF. It is part of the input if it lies there in one piece, else of
/// line_.
S3Result<std::optional<std::string_view>> ChunkDecoder::take_line(
    std::span<const std::byte>& input) {
  if (std::exchange(line_is_complete_, false)) line_.clear();
  const std::string_view text = text::as_text(input);
  // A CR at the end of the last input may belong to a LF at the beginning of this one.
  if (!line_.empty() && line_.back() == '\r' && text.front() == '\n') {
    input = input.subspan(1);
    line_.pop_back();
    return std::optional<std::string_view>(line_);
  }
  const auto end = text.find("\r\n");
  const std::size_t taken = end == std::string_view::npos ? text.size() : end;
  if (line_.size() + taken > kLineBytesMost) return broken("a line of its framing is too long");
  if (end == std::string_view::npos) {
    line_.append(text);
    input = {};
    return std::optional<std::string_view>();
  }
  input = input.subspan(end + 2);
  if (line_.empty()) return std::optional<std::string_view>(text.substr(0, end));
  line_.append(text.substr(0, end));
  return std::optional<std::string_view>(line_);
}

S3Result<void> ChunkDecoder::begin_chunk(std::string_view head) {
  const auto semicolon = head.find(';');
  const auto size = parse_hex(head.substr(0, semicolon));
  if (!size) return broken("the size of a chunk is not a hexadecimal number");
  if (signatures_) {
    const std::string_view extension =
        semicolon == std::string_view::npos ? std::string_view{} : head.substr(semicolon + 1);
    if (!extension.starts_with(kSignatureName)) return broken("a chunk has no signature");
    chunk_signature_ = extension.substr(kSignatureName.size());
  }
  ++chunk_number_;
  if (*size != 0 && chunk_number_ > 1 && chunk_bytes_ < kChunkBytesLeast) {
    return fail(S3Error(S3ErrorCode::InvalidChunkSizeError)
                    .with("Chunk", std::to_string(chunk_number_))
                    .with("BadChunkSize", std::to_string(chunk_bytes_)));
  }
  if (*size > kChunkBytesMost || *size > framing_decoded_bytes_ - content_bytes_) {
    return broken("it is longer than x-amz-decoded-content-length");
  }
  chunk_bytes_ = chunk_left_bytes_ = *size;
  content_bytes_ += *size;
  if (*size == 0) return end_content();
  state_ = State::kData;
  return {};
}

S3Result<void> ChunkDecoder::end_content() {
  if (signatures_) PAIL_CHECK(signatures_->finish_chunk(chunk_signature_));
  if (content_bytes_ != framing_decoded_bytes_) {
    return broken("it is shorter than x-amz-decoded-content-length");
  }
  state_ = State::kTrailers;
  return {};
}

S3Result<void> ChunkDecoder::take_trailer_line(std::string_view line) {
  if (line.empty()) return end_trailers();
  if (!has_trailer_section_) return broken("something follows its last chunk");
  trailer_bytes_ += line.size();
  if (trailer_bytes_ > kTrailerBytesMost) return broken("its trailer is too long");
  // Some clients end the trailers they have signed with a LF of their own: "name:value\n\r\n".
  for (const std::string_view pair : text::split(line, '\n')) {
    if (!pair.empty()) PAIL_CHECK(add_trailer(pair));
  }
  return {};
}

S3Result<void> ChunkDecoder::add_trailer(std::string_view pair) {
  const auto colon = pair.find(':');
  if (colon == std::string_view::npos || colon == 0) return broken("a trailer has no name");
  const std::string name = text::to_lower(text::trim(pair.substr(0, colon)));
  const std::string value(text::trim(pair.substr(colon + 1)));
  if (!trailer_signature_.empty()) return fail(S3ErrorCode::MalformedTrailerError);
  if (signatures_ && name == kTrailerSignature) {
    if (value.empty()) return broken("the signature of its trailer is empty");
    trailer_signature_ = value;
    return {};
  }
  if (trailers_.contains(name) || std::ranges::find(announced_, name) == announced_.end()) {
    return fail(S3Error(S3ErrorCode::MalformedTrailerError)
                    .because("the trailer '" + name +
                             "' is not announced by x-amz-trailer, or comes twice"));
  }
  signed_trailers_.append(name).append(1, ':').append(value).append(1, '\n');
  trailers_.add(name, value);
  return {};
}

S3Result<void> ChunkDecoder::end_trailers() {
  if (has_trailer_section_) {
    for (const std::string& name : announced_) {
      if (trailers_.contains(name)) continue;
      return fail(S3Error(S3ErrorCode::MalformedTrailerError)
                      .because("x-amz-trailer announces '" + name + "', but it did not come"));
    }
    if (signatures_ && !trailers_.empty() && trailer_signature_.empty()) {
      return broken("its trailer has no signature");
    }
    if (!trailer_signature_.empty()) {
      PAIL_CHECK(signatures_->finish_trailers(signed_trailers_, trailer_signature_));
    }
  }
  state_ = State::kDone;
  return {};
}

}  // namespace pail::auth
