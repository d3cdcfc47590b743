#include "cli/health_request.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <netdb.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "error/try.h"
#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::cli {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr std::size_t kStatusLineBytes = 12;  // "HTTP/1.1 200"

template <auto kFree>
struct FreedBy {
  template <typename T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
using Addresses = std::unique_ptr<addrinfo, FreedBy<&::freeaddrinfo>>;
using TlsContext = std::unique_ptr<SSL_CTX, FreedBy<&SSL_CTX_free>>;
using Tls = std::unique_ptr<SSL, FreedBy<&SSL_free>>;

/// A connected, non-blocking socket whose every wait ends with the deadline. With TLS, the bytes go
/// through it.
class Connection {
 public:
  explicit Connection(SteadyTime deadline) : deadline_(deadline) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  Result<void, std::string> connect(const HealthTarget& target) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int failed =
        ::getaddrinfo(target.host.c_str(), std::to_string(target.port).c_str(), &hints, &found);
    if (failed != 0) return Unexpected{std::string(::gai_strerror(failed))};
    const Addresses addresses(found);
    std::string reason = "no address";
    for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
      auto connected = connect(*address);
      if (connected) return {};
      reason = connected.error();
    }
    return Unexpected{reason};
  }

  Result<void, std::string> begin_tls() {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    tls_.reset(context_ ? SSL_new(context_.get()) : nullptr);
    if (!tls_ || SSL_set_fd(tls_.get(), descriptor_) != 1) return Unexpected{std::string("TLS")};
    return until_done([this] { return SSL_connect(tls_.get()); });
  }

  Result<void, std::string> send(std::string_view text) {
    while (!text.empty()) {
      int sent = 0;
      PAIL_CHECK(until_done([&] { return sent = send_some(text); }));
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }

  /// The first bytes of the answer; fewer if the peer ends before.
  Result<std::string, std::string> receive(std::size_t bytes) {
    std::string received;
    std::array<char, 256> piece{};
    while (received.size() < bytes) {
      int got = 0;
      PAIL_CHECK(until_done([&] { return got = receive_some(piece); }));
      received.append(piece.data(), static_cast<std::size_t>(got));
    }
    return received;
  }

 private:
  Result<void, std::string> connect(const addrinfo& address) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) return system_failure(errno);
    if (::connect(descriptor_, address.ai_addr, address.ai_addrlen) == 0) return {};
    if (errno != EINPROGRESS) return system_failure(errno);
    PAIL_CHECK(wait_for(POLLOUT));
    int error = 0;
    socklen_t size = sizeof(error);
    ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return system_failure(error);
    return {};
  }

  static Unexpected<std::string> system_failure(int error) {
    return {std::generic_category().message(error)};
  }

  int send_some(std::string_view text) {
    is_sending_ = true;
    if (tls_) return SSL_write(tls_.get(), text.data(), static_cast<int>(text.size()));
    return static_cast<int>(::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL));
  }

  int receive_some(std::array<char, 256>& piece) {
    is_sending_ = false;
    if (tls_) return SSL_read(tls_.get(), piece.data(), static_cast<int>(piece.size()));
    return static_cast<int>(::recv(descriptor_, piece.data(), piece.size(), 0));
  }

  /// Repeats a step that returns more than 0 when it is done, waiting for the socket in between.
  template <typename Step>
  Result<void, std::string> until_done(const Step& step) {
    for (;;) {
      const int result = step();
      if (result > 0) return {};
      const auto events = awaited_events(result);
      if (!events) return Unexpected{std::string("the connection ended without an answer")};
      PAIL_CHECK(wait_for(*events));
    }
  }

  /// What the last step waits for; nothing if it has failed or the peer has ended.
  [[nodiscard]] std::optional<short> awaited_events(int result) const {
    if (tls_) {
      switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ:
          return static_cast<short>(POLLIN);
        case SSL_ERROR_WANT_WRITE:
          return static_cast<short>(POLLOUT);
        default:
          return std::nullopt;
      }
    }
    if (result == 0 || (errno != EAGAIN && errno != EINTR)) return std::nullopt;
    return static_cast<short>(is_sending_ ? POLLOUT : POLLIN);
  }

  Result<void, std::string> wait_for(short events) {
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline_ - std::chrono::steady_clock::now());
      pollfd waited{descriptor_, events, 0};
      const int ready = ::poll(&waited, 1, static_cast<int>(std::max<long>(left.count(), 0)));
      if (ready > 0) return {};
      if (ready < 0 && errno == EINTR) continue;
      return Unexpected{std::string("no answer in time")};
    }
  }

  SteadyTime deadline_;
  int descriptor_ = -1;
  bool is_sending_ = false;
  TlsContext context_;
  Tls tls_;
};

}  // namespace

Result<HealthTarget, std::string> parse_health_target(std::string_view endpoint) {
  const Unexpected<std::string> complaint{"'" + std::string(endpoint) +
                                          "' is not like http://127.0.0.1:9000"};
  HealthTarget target;
  std::string_view rest = endpoint;
  if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) {
    target.is_tls = text::equals_ignore_case(rest.substr(0, scheme), "https");
    if (!target.is_tls && !text::equals_ignore_case(rest.substr(0, scheme), "http")) {
      return complaint;
    }
    rest.remove_prefix(scheme + 3);
  }
  rest = rest.substr(0, rest.find('/'));
  const auto bracket = rest.rfind(']');
  const auto colon = rest.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto port = has_port ? text::parse_decimal(rest.substr(colon + 1))
                             : std::optional<std::uint64_t>(target.is_tls ? 443 : 80);
  std::string_view host = has_port ? rest.substr(0, colon) : rest;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || !port || *port == 0 || *port > 65535) return complaint;
  target.host = host;
  target.port = static_cast<std::uint16_t>(*port);
  return target;
}

Result<void, std::string> request_health(const HealthTarget& target,
                                         std::chrono::milliseconds time_limit) {
  Connection connection(std::chrono::steady_clock::now() + time_limit);
  PAIL_CHECK(connection.connect(target));
  if (target.is_tls) PAIL_CHECK(connection.begin_tls());
  PAIL_CHECK(connection.send("GET /_pail/health HTTP/1.1\r\nHost: " + target.host +
                             "\r\nConnection: close\r\n\r\n"));
  PAIL_TRY(const std::string answer, connection.receive(kStatusLineBytes));
  const std::string_view status = std::string_view(answer).substr(0, kStatusLineBytes);
  if (status.starts_with("HTTP/1.") && status.ends_with(" 200")) return {};
  return Unexpected{"it answered " +
                    std::string(status.substr(std::min<std::size_t>(9, status.size())))};
}

}  // namespace pail::cli
