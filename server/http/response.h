#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "task/task.h"

namespace pail::http {

/// An open file that can be sent without passing through user space. Closed by its last owner.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct FileRange {
  std::shared_ptr<const OpenFile> file;
  std::uint64_t offset_bytes = 0;
  std::uint64_t length_bytes = 0;
};

/// Bytes that several owners share, e.g. an object in memory.
struct SharedRange {
  std::shared_ptr<const std::string> bytes;
  std::size_t offset_bytes = 0;
  std::size_t length_bytes = 0;
};

using BodyPiece = std::variant<std::string, SharedRange, FileRange>;

/// A response body, pulled piece by piece by the transport.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// The next piece, or nothing at the end. An error after the head was sent cuts the connection,
  /// so that the client sees a short body rather than a wrong one.
  virtual Task<S3Result<std::optional<BodyPiece>>> next() = 0;
};

/// How an answer left the house.
struct Delivery {
  /// Body bytes handed to the kernel.
  std::uint64_t body_bytes = 0;
  /// Whether the whole answer was handed over; false when the peer went away or the body failed.
  bool complete = true;
};

struct Response {
  int status = 200;
  HeaderMap headers;
  /// A whole small body, or, if `source` is set, nothing.
  std::string body;
  std::unique_ptr<BodySource> source;
  /// With `source`: how many bytes it yields, sent as Content-Length. Without a value the body is
  /// sent chunked.
  std::optional<std::uint64_t> source_length_bytes;
  /// For answers to HEAD: the Content-Length to announce though no body is sent.
  std::optional<std::uint64_t> announced_length_bytes;
  bool close_connection = false;
  /// Called once by the transport when the answer has been sent or given up.
  std::function<void(const Delivery&)> on_delivered;
};

}  // namespace pail::http
