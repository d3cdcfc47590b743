#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "http/response.h"

namespace pail::service {

/// A response body of which one byte is another one.
class CorruptingSource final : public http::BodySource {
 public:
  /// `at_byte` is counted from 0.
  CorruptingSource(std::unique_ptr<http::BodySource> inner, std::uint64_t at_byte)
      : inner_(std::move(inner)), at_byte_(at_byte) {}

  Task<S3Result<std::optional<http::BodyPiece>>> next() override;

 private:
  void split(http::BodyPiece piece);

  std::unique_ptr<http::BodySource> inner_;
  std::uint64_t at_byte_;
  std::uint64_t passed_bytes_ = 0;
  /// The pieces of the one that holds the byte.
  std::deque<http::BodyPiece> ready_;
};

/// Another byte, the same for the same byte.
char corrupted(char byte);

}  // namespace pail::service
