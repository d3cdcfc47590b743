#pragma once

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <sys/uio.h>

namespace pail::transport {

using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>,
                                                boost::asio::io_context::executor_type>;

/// How an operation on a socket ended.
struct IoResult {
  std::size_t bytes = 0;
  bool failed = false;
};

/// What every operation below is: co_await yields an IoResult. The coroutine continues on a thread
/// of the io_context. One operation at a time.
template <typename Start>
class IoAwaiter {
 public:
  explicit IoAwaiter(Start start) : start_(std::move(start)) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> awaiting) { start_(Completion{this, awaiting}); }
  IoResult await_resume() const noexcept { return result_; }

  struct Completion {
    IoAwaiter* awaiter;
    std::coroutine_handle<> awaiting;
    void operator()(const boost::system::error_code& ec, std::size_t bytes = 0) {
      awaiter->result_ = {bytes, static_cast<bool>(ec)};
      awaiting.resume();
    }
    void operator()() { awaiting.resume(); }
  };

 private:
  Start start_;
  IoResult result_;
};

/// The socket of one connection, plain or, after a handshake, TLS. Not thread-safe.
class Stream {
 private:
  template <typename Start>
  static IoAwaiter<Start> awaiter(Start start) {
    return IoAwaiter<Start>(std::move(start));
  }
  auto wait(Socket::wait_type type) {
    return awaiter(
        [this, type](auto completion) { socket_.async_wait(type, std::move(completion)); });
  }

 public:
  explicit Stream(Socket socket) : socket_(std::move(socket)) {}

  [[nodiscard]] bool is_tls() const { return tls_.has_value(); }
  [[nodiscard]] Socket& socket() { return socket_; }
  [[nodiscard]] int descriptor() { return socket_.native_handle(); }

  /// Waits for bytes; none and no failure never happens: the end of the stream is a failure.
  auto read_some(std::span<char> into) {
    const boost::asio::mutable_buffer buffer(into.data(), into.size());
    return awaiter([this, buffer](auto completion) {
      if (tls_) {
        tls_->async_read_some(buffer, std::move(completion));
      } else {
        socket_.async_read_some(buffer, std::move(completion));
      }
    });
  }

  /// As read_some, beneath TLS.
  auto read_raw(std::span<char> into) {
    const boost::asio::mutable_buffer buffer(into.data(), into.size());
    return awaiter([this, buffer](auto completion) {
      socket_.async_read_some(buffer, std::move(completion));
    });
  }

  /// Hands over as many of `bytes` as the kernel takes, waiting for it to take some.
  auto write_some(std::span<const char> bytes) {
    const boost::asio::const_buffer buffer(bytes.data(), bytes.size());
    return awaiter([this, buffer](auto completion) {
      if (tls_) {
        tls_->async_write_some(buffer, std::move(completion));
      } else {
        socket_.async_write_some(buffer, std::move(completion));
      }
    });
  }

  /// As write_some on a plain socket, without waiting: 0 bytes when there is no room.
  /// `more_follows` lets the kernel hold back a short packet.
  IoResult try_write(std::span<const char> bytes, bool more_follows);

  /// Sends bytes of a file without copying them, on a plain socket and without waiting; 0 bytes
  /// when there is no room. Nothing when the file can not be sent this way or is shorter.
  std::optional<IoResult> try_send_file(int file, std::uint64_t offset_bytes,
                                        std::size_t length_bytes);

  auto wait_readable() { return wait(Socket::wait_read); }
  auto wait_writable() { return wait(Socket::wait_write); }

  /// Lets the other connections of the thread go on.
  auto yield() {
    return awaiter([this](auto completion) {
      boost::asio::defer(socket_.get_executor(), std::move(completion));
    });
  }

  /// Waits until the timer goes off.
  auto wait_for(Timer& timer) {
    return awaiter([&timer](auto completion) { timer.async_wait(std::move(completion)); });
  }

  /// How many bytes the kernel has taken that the peer has not acknowledged; 0 if that is unknown.
  std::size_t unacknowledged_bytes();
  /// Once the socket is closed the peer gets a reset, and what it has not yet been sent is lost.
  void reset_when_closed();

  /// Whether the bytes that wait to be read begin a TLS handshake; they stay unread.
  bool begins_with_tls();
  auto handshake(boost::asio::ssl::context& context) {
    tls_.emplace(socket_, context);
    return awaiter([this](auto completion) {
      tls_->async_handshake(boost::asio::ssl::stream_base::server, std::move(completion));
    });
  }
  /// Tells a TLS peer that nothing more comes, and waits for it to say the same.
  auto tls_goodbye() {
    return awaiter([this](auto completion) { tls_->async_shutdown(std::move(completion)); });
  }

 private:
  Socket socket_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
};

}  // namespace pail::transport
