#include "transport/stream.h"

#include <cerrno>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

namespace pail::transport {
namespace {

bool is_no_room(int error) { return error == EAGAIN || error == EINTR; }

}  // namespace

IoResult Stream::try_write(std::span<const char> bytes, bool more_follows) {
  const int flags = MSG_DONTWAIT | MSG_NOSIGNAL | (more_follows ? MSG_MORE : 0);
  const ssize_t written = ::send(descriptor(), bytes.data(), bytes.size(), flags);
  if (written >= 0) return {static_cast<std::size_t>(written), false};
  return {0, !is_no_room(errno)};
}

std::optional<IoResult> Stream::try_send_file(int file, std::uint64_t offset_bytes,
                                              std::size_t length_bytes) {
  // The threads of the transport block SIGPIPE: sendfile has no flag for it. The socket is
  // non-blocking since it was accepted.
  auto offset = static_cast<off_t>(offset_bytes);
  const ssize_t sent = ::sendfile(descriptor(), file, &offset, length_bytes);
  if (sent > 0) return IoResult{static_cast<std::size_t>(sent), false};
  if (sent == 0 || errno == EINVAL || errno == ENOSYS) return std::nullopt;
  return IoResult{0, !is_no_room(errno)};
}

std::size_t Stream::unacknowledged_bytes() {
  int bytes = 0;
  if (::ioctl(descriptor(), SIOCOUTQ, &bytes) != 0 || bytes < 0) return 0;
  return static_cast<std::size_t>(bytes);
}

void Stream::reset_when_closed() {
  // Not through Asio: of a socket with its own linger option it would undo it before closing.
  const linger at_once{1, 0};
  ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool Stream::begins_with_tls() {
  constexpr char kHandshakeRecord = 0x16;
  char first = 0;
  const ssize_t peeked = ::recv(descriptor(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
  return peeked == 1 && first == kHandshakeRecord;
}

}  // namespace pail::transport
