#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "http/body_pace.h"
#include "http/response.h"
#include "task/task.h"
#include "transport/deadline.h"
#include "transport/response_head.h"
#include "transport/stream.h"
#include "transport/transport.h"

namespace pail::transport {

/// Writes answers to one connection. One at a time; not thread-safe.
class ResponseWriter {
 public:
  ResponseWriter(Stream& stream, Deadline& deadline, const Limits& limits)
      : stream_(stream), deadline_(deadline), limits_(limits) {}

  /// Sends the whole of `response` as `plan` says, or as much as its delivery plan lets pass, and
  /// tells how far it came. After an incomplete delivery the connection must be closed.
  Task<http::Delivery> write(http::Response& response, const ResponsePlan& plan,
                             const AnswerContext& context);

  /// Sends `bytes` now; false when the peer does not take them.
  Task<bool> write_all(std::span<const char> bytes, bool more_follows);

 private:
  Task<bool> write_source(http::BodySource& source, const ResponsePlan& plan);
  Task<bool> write_piece(http::BodyPiece& piece);
  Task<bool> write_body(std::span<const char> bytes);
  Task<bool> write_paced(std::span<const char> bytes);
  Task<bool> send_file(const http::FileRange& range);
  Task<bool> copy_file(const http::FileRange& range);
  Task<void> pause_after(std::size_t bytes);

  Stream& stream_;
  Deadline& deadline_;
  const Limits& limits_;
  std::string head_;
  /// Of an answer that is spoiled on its way.
  std::optional<http::BodyPace> pace_;
  std::uint64_t body_bytes_ = 0;
  std::uint64_t since_pause_bytes_ = 0;
};

}  // namespace pail::transport
