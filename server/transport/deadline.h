#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

namespace pail::transport {

/// What a connection waits for; decides what an expired wait does to the socket.
enum class Wait {
  /// Nothing with a limit: the request is being worked on.
  None,
  /// The first byte of a request.
  Idle,
  /// The rest of a head that has begun, or of a TLS handshake.
  Head,
  /// Bytes of a body.
  Body,
  /// Room for bytes of an answer.
  Write,
  /// The end of a connection that is being closed.
  Linger,
};

/// How long a connection may wait, kept without a timer of its own: something outside calls check()
/// now and then. When the time is over, the socket is shut down beneath the waiting operation,
/// which then ends: for reading only where an answer is still owed (Head, Body), otherwise both
/// ways. Thread-safe.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  /// `descriptor` must stay open until detach().
  explicit Deadline(int descriptor) : descriptor_(descriptor) {}

  /// From now on the connection waits for `wait`, for at most `time`.
  void arm(Wait wait, std::chrono::milliseconds time);
  /// The wait is over.
  void disarm();
  /// Whether the last armed wait has expired.
  [[nodiscard]] bool has_expired() const { return expired_.load(std::memory_order_relaxed); }

  /// Ends a wait whose time is over.
  void check(Clock::time_point now);
  /// Ends the wait if no request is being received or answered.
  void end_if_idle();
  /// Shuts the socket down, whatever the connection is doing.
  void cut();
  /// Whether cut() has been called: for waits that no socket ends.
  [[nodiscard]] bool is_cut() const { return is_cut_.load(std::memory_order_relaxed); }
  /// Called before the socket is closed: nothing touches it afterwards.
  void detach();

 private:
  void expire(int how);

  std::mutex mutex_;
  int descriptor_;
  Wait wait_ = Wait::None;
  Clock::time_point end_ = Clock::time_point::max();
  std::atomic<bool> expired_{false};
  std::atomic<bool> is_cut_{false};
};

}  // namespace pail::transport
