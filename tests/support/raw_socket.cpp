#include "support/raw_socket.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace pail::test {
namespace {

constexpr int kPatienceMs = 20'000;

bool equals_ignore_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

int connect_to(std::uint16_t port, const std::string& address) {
  const bool is_ipv6 = address.find(':') != std::string::npos;
  const int descriptor = ::socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_storage storage{};
  socklen_t length = 0;
  if (is_ipv6) {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    in.sin6_port = htons(port);
    ::inet_pton(AF_INET6, address.c_str(), &in.sin6_addr);
    std::memcpy(&storage, &in, sizeof in);
    length = sizeof in;
  } else {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(port);
    ::inet_pton(AF_INET, address.c_str(), &in.sin_addr);
    std::memcpy(&storage, &in, sizeof in);
    length = sizeof in;
  }
  if (::connect(descriptor, static_cast<sockaddr*>(static_cast<void*>(&storage)), length) != 0) {
    ::close(descriptor);
    return -1;
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return descriptor;
}

std::uint64_t number(std::string_view digits, int base) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

}  // namespace

std::optional<std::string> RawResponse::header(std::string_view name) const {
  std::string_view rest = head;
  while (true) {
    const auto end = rest.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos && equals_ignore_case(line.substr(0, colon), name)) {
      return std::string(line.substr(colon + 2));
    }
    rest.remove_prefix(end + 2);
  }
}

RawSocket::RawSocket(std::uint16_t port, const std::string& address)
    : descriptor_(connect_to(port, address)) {}

RawSocket::RawSocket(RawSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      received_(std::move(other.received_)),
      at_end_(other.at_end_),
      was_reset_(other.was_reset_) {}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool RawSocket::send(std::string_view bytes) {
  if (descriptor_ < 0) return false;
  while (!bytes.empty()) {
    pollfd writable{descriptor_, POLLOUT, 0};
    if (::poll(&writable, 1, kPatienceMs) != 1) return false;
    const ssize_t sent =
        ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawSocket::finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

void RawSocket::reset() {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(descriptor_, -1));
}

void RawSocket::set_receive_buffer(int bytes) {
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool RawSocket::receive_some() {
  if (at_end_ || descriptor_ < 0) return false;
  pollfd readable{descriptor_, POLLIN, 0};
  if (::poll(&readable, 1, kPatienceMs) != 1) return false;
  std::array<char, 65536> block{};
  const ssize_t got = ::recv(descriptor_, block.data(), block.size(), 0);
  if (got <= 0) {
    at_end_ = true;
    was_reset_ = got < 0 && errno == ECONNRESET;
    return false;
  }
  received_.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawSocket::take(std::size_t bytes) {
  std::string taken = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return taken;
}

std::string RawSocket::receive_until(std::string_view end) {
  std::size_t searched = 0;
  while (true) {
    const auto found = received_.find(end, searched);
    if (found != std::string::npos) return take(found + end.size());
    searched = received_.size() < end.size() ? 0 : received_.size() - end.size();
    if (!receive_some()) return take(received_.size());
  }
}

std::string RawSocket::receive_exactly(std::size_t bytes) {
  while (received_.size() < bytes && receive_some()) {
  }
  return take(bytes);
}

std::string RawSocket::receive_to_end() {
  while (receive_some()) {
  }
  return take(received_.size());
}

std::string RawSocket::receive_chunked() {
  std::string body;
  while (true) {
    const std::string line = receive_until("\r\n");
    const std::uint64_t size = number(line, 16);
    if (size == 0) {
      receive_until("\r\n");
      return body;
    }
    body += receive_exactly(size);
    if (receive_exactly(2) != "\r\n") return body;
  }
}

RawResponse RawSocket::receive_response(bool has_body) {
  RawResponse response;
  response.head = receive_until("\r\n\r\n");
  if (response.head.starts_with("HTTP/1.1 ") && response.head.size() >= 12) {
    response.status = static_cast<int>(number(std::string_view(response.head).substr(9, 3), 10));
  }
  const bool never_has_body =
      response.status / 100 == 1 || response.status == 204 || response.status == 304;
  if (!has_body || never_has_body || response.status == 0) return response;
  if (response.header("Transfer-Encoding")) {
    response.body = receive_chunked();
  } else if (const auto length = response.header("Content-Length")) {
    response.body = receive_exactly(number(*length, 10));
  } else {
    response.body = receive_to_end();
  }
  return response;
}

bool RawSocket::is_closed_by_peer() {
  while (received_.empty() && receive_some()) {
  }
  return received_.empty() && at_end_;
}

bool RawSocket::has_nothing_to_read() {
  pollfd readable{descriptor_, POLLIN, 0};
  return received_.empty() && ::poll(&readable, 1, 0) == 0;
}

}  // namespace pail::test
