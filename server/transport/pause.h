#pragma once

#include <chrono>

#include "task/task.h"
#include "transport/deadline.h"
#include "transport/stream.h"

namespace pail::transport {

/// Lets time pass on a connection, without holding a thread. False when the connection was cut
/// meanwhile.
Task<bool> pause(Stream& stream, const Deadline& deadline, std::chrono::microseconds time);

/// Waits, for a bounded time, until the peer has acknowledged all that it was sent: what a reset
/// would otherwise take from it.
Task<void> pause_until_acknowledged(Stream& stream, const Deadline& deadline);

}  // namespace pail::transport
