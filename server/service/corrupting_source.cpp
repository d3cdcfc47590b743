#include "service/corrupting_source.h"

#include <string>
#include <variant>

#include <unistd.h>

#include "error/try.h"

namespace pail::service {
namespace {

std::uint64_t size_of(const http::BodyPiece& piece) {
  if (const auto* text = std::get_if<std::string>(&piece)) return text->size();
  if (const auto* shared = std::get_if<http::SharedRange>(&piece)) return shared->length_bytes;
  return std::get<http::FileRange>(piece).length_bytes;
}

/// The part of a range of bytes or of a file that begins at an offset within it.
template <typename Range>
Range part(const Range& range, std::uint64_t offset_bytes, std::uint64_t length_bytes) {
  Range result = range;
  result.offset_bytes += offset_bytes;
  result.length_bytes = length_bytes;
  return result;
}

char byte_at(const http::SharedRange& range, std::uint64_t offset_bytes) {
  return range.bytes->at(range.offset_bytes + offset_bytes);
}

char byte_at(const http::FileRange& range, std::uint64_t offset_bytes) {
  char byte = 0;
  // What can not be read is noticed by whoever sends the rest of the file.
  if (::pread(range.file->descriptor(), &byte, 1,
              static_cast<off_t>(range.offset_bytes + offset_bytes)) != 1) {
    return 0;
  }
  return byte;
}

template <typename Range>
void split_range(const Range& range, std::uint64_t at_byte, std::deque<http::BodyPiece>& into) {
  if (at_byte > 0) into.emplace_back(part(range, 0, at_byte));
  into.emplace_back(std::string(1, corrupted(byte_at(range, at_byte))));
  const std::uint64_t rest_bytes = range.length_bytes - at_byte - 1;
  if (rest_bytes > 0) into.emplace_back(part(range, at_byte + 1, rest_bytes));
}

}  // namespace

char corrupted(char byte) { return static_cast<char>(static_cast<unsigned char>(byte) ^ 1U); }

Task<S3Result<std::optional<http::BodyPiece>>> CorruptingSource::next() {
  if (ready_.empty()) {
    PAIL_CO_TRY(auto piece, co_await inner_->next());
    if (!piece) co_return piece;
    const std::uint64_t piece_bytes = size_of(*piece);
    const bool holds_it = passed_bytes_ <= at_byte_ && at_byte_ - passed_bytes_ < piece_bytes;
    if (holds_it) {
      split(std::move(*piece));
    } else {
      ready_.push_back(std::move(*piece));
    }
    passed_bytes_ += piece_bytes;
  }
  std::optional<http::BodyPiece> first(std::move(ready_.front()));
  ready_.pop_front();
  co_return first;
}

void CorruptingSource::split(http::BodyPiece piece) {
  const std::uint64_t at = at_byte_ - passed_bytes_;
  if (auto* text = std::get_if<std::string>(&piece)) {
    text->at(at) = corrupted(text->at(at));
    ready_.push_back(std::move(piece));
  } else if (const auto* shared = std::get_if<http::SharedRange>(&piece)) {
    split_range(*shared, at, ready_);
  } else {
    split_range(std::get<http::FileRange>(piece), at, ready_);
  }
}

}  // namespace pail::service
