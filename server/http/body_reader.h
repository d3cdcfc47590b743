#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "task/task.h"

namespace pail::http {

/// A request body, pulled by whoever needs it. Not thread-safe; belongs to one request.
class BodyReader {
 public:
  virtual ~BodyReader() = default;

  /// The next bytes; empty at the end, and again if asked again. The span is valid until the next
  /// call. The first call lets the client know that the body is wanted (100 Continue). Fails with
  /// IncompleteBody, RequestTimeout, or what a wrapping reader verifies (chunk signatures, payload
  /// hash): after a failure nothing more can be read.
  virtual Task<S3Result<std::span<const std::byte>>> read() = 0;

  /// How many bytes read() will yield in all, if that is known before reading.
  [[nodiscard]] virtual std::optional<std::uint64_t> length_bytes() const = 0;

  /// Trailing header fields; complete once read() has yielded the end.
  [[nodiscard]] virtual const HeaderMap& trailers() const = 0;

  /// Lets so much time pass in which nothing is read: for faults. Ends early when the connection is
  /// cut. Only the body of a connection knows how to wait; any other goes on at once.
  virtual Task<void> pause(std::chrono::microseconds time) {
    static_cast<void>(time);
    co_return;
  }
};

/// The body of a request that has none.
class EmptyBody final : public BodyReader {
 public:
  Task<S3Result<std::span<const std::byte>>> read() override {
    co_return std::span<const std::byte>{};
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return 0; }
  [[nodiscard]] const HeaderMap& trailers() const override { return trailers_; }

 private:
  HeaderMap trailers_;
};

/// A body that lies in memory.
class StringBody final : public BodyReader {
 public:
  explicit StringBody(std::string bytes) : bytes_(std::move(bytes)) {}
  Task<S3Result<std::span<const std::byte>>> read() override {
    if (consumed_) co_return std::span<const std::byte>{};
    consumed_ = true;
    co_return std::as_bytes(std::span(bytes_));
  }
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override { return bytes_.size(); }
  [[nodiscard]] const HeaderMap& trailers() const override { return trailers_; }

 private:
  std::string bytes_;
  bool consumed_ = false;
  HeaderMap trailers_;
};

}  // namespace pail::http
