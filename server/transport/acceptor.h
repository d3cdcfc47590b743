#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/strand.hpp>

#include "pail/result.h"

#include "transport/stream.h"
#include "transport/transport.h"

namespace pail::transport {

using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
using StrandTimer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Strand>;

/// One listening socket. Held by shared pointers, also by its own pending operations.
class Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  /// Called with each accepted socket and the listener's TLS settings (null without TLS).
  using OnAccepted = std::function<void(Socket, boost::asio::ssl::context*)>;

  /// Binds and listens; nothing is accepted before start(). Fails with a sentence for people.
  static Result<std::shared_ptr<Acceptor>, std::string> open(boost::asio::io_context& io,
                                                             const Listener& listener);

  void start(OnAccepted on_accepted);
  /// Stops accepting, soon; thread-safe.
  void close();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  using ListeningSocket = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Strand>;

  explicit Acceptor(boost::asio::io_context& io);
  void accept_next();
  void pause();
  boost::system::error_code listen_on(const boost::asio::ip::tcp::endpoint& endpoint);

  boost::asio::io_context& io_;
  ListeningSocket socket_;
  StrandTimer pause_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  OnAccepted on_accepted_;
  std::uint16_t port_ = 0;
};

}  // namespace pail::transport
