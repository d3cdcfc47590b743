#include "transport/acceptor.h"

#include <chrono>
#include <utility>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include "transport/tls_context.h"

namespace pail::transport {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// How long accepting rests when the process has no descriptors left.
constexpr std::chrono::milliseconds kPause{100};

std::string address_text(const Listener& listener) {
  const bool is_bare_ipv6 =
      listener.host.find(':') != std::string::npos && listener.host.front() != '[';
  const std::string host = is_bare_ipv6 ? "[" + listener.host + "]" : listener.host;
  return host + ":" + std::to_string(listener.port);
}

std::string reason(const boost::system::error_code& ec, const Listener& listener) {
  if (ec == asio::error::address_in_use) {
    return "address already in use; another pail may be running there: choose another with "
           "--listen " +
           address_text({listener.host, 0, std::nullopt});
  }
  if (ec == asio::error::access_denied) {
    return "not permitted; ports below 1024 usually need a privilege: choose a higher one";
  }
  if (ec == boost::system::errc::address_not_available) {
    return "this machine has no such address";
  }
  return ec.message();
}

std::string cannot_listen(const Listener& listener, const std::string& why) {
  return "cannot listen on " + address_text(listener) + ": " + why;
}

Result<tcp::endpoint, std::string> resolve(asio::io_context& io, const Listener& listener) {
  std::string host = listener.host;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  boost::system::error_code ec;
  const auto address = asio::ip::make_address(host, ec);
  if (!ec) return tcp::endpoint(address, listener.port);
  tcp::resolver resolver(io);
  const auto found = resolver.resolve(host, std::to_string(listener.port),
                                      tcp::resolver::passive | tcp::resolver::numeric_service, ec);
  if (ec || found.empty()) {
    return Unexpected{cannot_listen(listener, "the host name '" + host + "' is unknown")};
  }
  // A name with both kinds of address is reached by every client over IPv4.
  for (const auto& entry : found) {
    if (entry.endpoint().address().is_v4()) return entry.endpoint();
  }
  return found.begin()->endpoint();
}

}  // namespace

Acceptor::Acceptor(asio::io_context& io)
    : io_(io), socket_(asio::make_strand(io)), pause_(socket_.get_executor()) {}

Result<std::shared_ptr<Acceptor>, std::string> Acceptor::open(asio::io_context& io,
                                                              const Listener& listener) {
  const std::shared_ptr<Acceptor> acceptor(new Acceptor(io));
  if (listener.tls) {
    auto context = make_tls_context(*listener.tls);
    if (!context.has_value()) return Unexpected{std::move(context).error()};
    acceptor->tls_ = std::move(context).value();
  }
  const auto endpoint = resolve(io, listener);
  if (!endpoint.has_value()) return Unexpected{endpoint.error()};
  const auto ec = acceptor->listen_on(endpoint.value());
  if (ec) return Unexpected{cannot_listen(listener, reason(ec, listener))};
  return acceptor;
}

boost::system::error_code Acceptor::listen_on(const tcp::endpoint& endpoint) {
  boost::system::error_code ec;
  socket_.open(endpoint.protocol(), ec);
  if (ec) return ec;
  socket_.set_option(asio::socket_base::reuse_address(true), ec);
  if (ec) return ec;
  socket_.bind(endpoint, ec);
  if (ec) return ec;
  socket_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return ec;
  port_ = socket_.local_endpoint(ec).port();
  return ec;
}

void Acceptor::start(OnAccepted on_accepted) {
  on_accepted_ = std::move(on_accepted);
  accept_next();
}

void Acceptor::close() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    boost::system::error_code ignored;
    self->socket_.close(ignored);
    self->pause_.cancel();
  });
}

void Acceptor::accept_next() {
  socket_.async_accept(io_.get_executor(), [self = shared_from_this()](
                                               const boost::system::error_code& ec, Socket peer) {
    if (ec == asio::error::operation_aborted) return;
    // Without descriptors or memory the queue stays as it is: trying again at once would only spin.
    if (ec && ec != asio::error::connection_aborted && self->socket_.is_open()) {
      return self->pause();
    }
    try {
      if (!ec) self->on_accepted_(std::move(peer), self->tls_.get());
    } catch (...) {
      // Out of memory: this connection is lost, the next one may do.
    }
    if (self->socket_.is_open()) self->accept_next();
  });
}

void Acceptor::pause() {
  pause_.expires_after(kPause);
  pause_.async_wait([self = shared_from_this()](const boost::system::error_code&) {
    if (self->socket_.is_open()) self->accept_next();
  });
}

}  // namespace pail::transport
