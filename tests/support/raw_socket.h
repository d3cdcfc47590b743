#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pail::test {

/// One answer as it came over the wire.
struct RawResponse {
  int status = 0;
  /// The head with its final empty line.
  std::string head;
  std::string body;

  /// The value of the first header of that name (any case).
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// A client's end of a TCP connection that sends exactly the bytes it is told to. Every wait is
/// bounded, so that a test fails instead of hanging: what did not come is simply missing from what
/// is returned.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port, const std::string& address = "127.0.0.1");
  RawSocket(RawSocket&& other) noexcept;
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  ~RawSocket();

  [[nodiscard]] bool is_connected() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// False when the peer does not take the bytes.
  bool send(std::string_view bytes);
  /// Ends our direction; the peer sees the end of the stream.
  void finish_sending();
  /// Closes with a reset.
  void reset();
  /// A small receive window, so that a peer that sends much has to wait. Before the first receive.
  void set_receive_buffer(int bytes);

  /// Receives until `end` has been seen, and returns everything up to and including it.
  std::string receive_until(std::string_view end);
  std::string receive_exactly(std::size_t bytes);
  /// Receives until the peer ends the connection.
  std::string receive_to_end();
  /// Receives one answer: head, and a body by Content-Length, chunked coding or the end of the
  /// connection. `has_body` is false for answers to HEAD.
  RawResponse receive_response(bool has_body = true);
  /// Whether the peer has ended the connection and nothing is left to be received; waits for it.
  bool is_closed_by_peer();
  /// Whether the connection, once it has ended, was reset instead of closed.
  [[nodiscard]] bool was_reset() const { return was_reset_; }
  /// Whether nothing has arrived that was not yet returned. Does not wait.
  bool has_nothing_to_read();

 private:
  bool receive_some();
  std::string take(std::size_t bytes);
  std::string receive_chunked();

  int descriptor_ = -1;
  std::string received_;
  bool at_end_ = false;
  bool was_reset_ = false;
};

}  // namespace pail::test
