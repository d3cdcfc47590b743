#include "transport/socket_body.h"

#include <algorithm>
#include <string_view>

#include "transport/pause.h"

namespace pail::transport {
namespace {

constexpr std::size_t kBodyBufferBytes = std::size_t{256} * 1024;
constexpr std::size_t kSmallestBodyBufferBytes = std::size_t{4} * 1024;

}  // namespace

Task<S3Result<std::span<const std::byte>>> SocketBody::read() {
  if (failure_) co_return fail(*failure_);
  while (!parser_.is_complete()) {
    bytes_arrived_ = bytes_arrived_ || !parts_.input.empty();
    auto decoded = parser_.parse_body(parts_.input);
    if (!decoded.has_value()) co_return fail(give_up(std::move(decoded).error()));
    if (!decoded->empty()) co_return *decoded;
    if (parser_.is_complete()) break;
    auto received = co_await receive();
    if (!received.has_value()) co_return received;
  }
  co_return std::span<const std::byte>();
}

Task<S3Result<std::span<const std::byte>>> SocketBody::receive() {
  if (parser_.expects_continue() && !bytes_arrived_ && !continue_sent_) {
    continue_sent_ = true;
    const std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const bool sent = co_await parts_.writer.write_all(go_on, false);
    if (!sent) {
      co_return fail(give_up(S3Error(S3ErrorCode::IncompleteBody)));
    }
  }
  const std::uint64_t wanted = parser_.is_chunked() ? kBodyBufferBytes : parser_.remaining_bytes();
  const auto capacity = static_cast<std::size_t>(
      std::clamp<std::uint64_t>(wanted, kSmallestBodyBufferBytes, kBodyBufferBytes));
  auto room = parts_.input.make_room(std::max(capacity, parts_.input.size() + 1));
  parts_.deadline.arm(Wait::Body, parts_.limits.body_stall_time);
  const IoResult received = co_await parts_.stream.read_some(room);
  parts_.deadline.disarm();
  if (received.failed) {
    const bool stalled = parts_.deadline.has_expired();
    co_return fail(
        give_up(S3Error(stalled ? S3ErrorCode::RequestTimeout : S3ErrorCode::IncompleteBody)));
  }
  parts_.input.commit(received.bytes);
  co_return std::span<const std::byte>();
}

S3Error SocketBody::give_up(S3Error error) {
  error.closes_connection = true;
  failure_ = error;
  return error;
}

Task<void> SocketBody::pause(std::chrono::microseconds time) {
  co_await transport::pause(parts_.stream, parts_.deadline, time);
}

bool SocketBody::can_be_drained() {
  if (failure_) return false;
  while (!parser_.is_complete()) {
    bytes_arrived_ = bytes_arrived_ || !parts_.input.empty();
    const auto decoded = parser_.parse_body(parts_.input);
    if (!decoded.has_value()) return false;
    if (decoded->empty()) break;
  }
  if (parser_.is_complete()) return true;
  if (parser_.expects_continue() && !continue_sent_ && !bytes_arrived_) return false;
  return !parser_.is_chunked() && parser_.remaining_bytes() <= parts_.limits.drained_body_bytes;
}

Task<bool> SocketBody::drain() {
  while (true) {
    auto bytes = co_await read();
    if (!bytes.has_value()) co_return false;
    if (bytes->empty()) co_return true;
  }
}

}  // namespace pail::transport
