#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "http/body_reader.h"
#include "transport/deadline.h"
#include "transport/input_buffer.h"
#include "transport/request_parser.h"
#include "transport/response_writer.h"
#include "transport/stream.h"
#include "transport/transport.h"

namespace pail::transport {

/// What a connection and the body of its current request share.
struct ConnectionParts {
  Stream& stream;
  Deadline& deadline;
  InputBuffer& input;
  ResponseWriter& writer;
  const Limits& limits;
};

/// The body of a request that is still arriving.
class SocketBody final : public http::BodyReader {
 public:
  SocketBody(ConnectionParts parts, RequestParser& parser) : parts_(parts), parser_(parser) {}

  Task<S3Result<std::span<const std::byte>>> read() override;
  [[nodiscard]] std::optional<std::uint64_t> length_bytes() const override {
    return parser_.body_length_bytes();
  }
  [[nodiscard]] const http::HeaderMap& trailers() const override { return parser_.trailers(); }

  Task<void> pause(std::chrono::microseconds time) override;

  /// Takes what has already arrived, without waiting. After it, whether the connection can carry
  /// another request once drain() has taken the rest. Of a client that still waits for 100 Continue
  /// it can not: it may or may not send the body after a final answer (RFC 9110, 10.1.1), so the
  /// next bytes may be that body or a request, and whoever chose the body would choose a request.
  /// Asking for a body that nobody wants, to find its end, would cost more than a new connection.
  /// AWS was recorded to answer such a PUT with Connection: close (a 301 to botocore), and Go's
  /// net/http decides the same.
  bool can_be_drained();
  /// Reads the rest of a body that nobody wanted; false when it did not arrive.
  Task<bool> drain();

 private:
  Task<S3Result<std::span<const std::byte>>> receive();
  S3Error give_up(S3Error error);

  ConnectionParts parts_;
  RequestParser& parser_;
  std::optional<S3Error> failure_;
  bool continue_sent_ = false;
  bool bytes_arrived_ = false;
};

}  // namespace pail::transport
