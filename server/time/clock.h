#pragma once

#include <atomic>
#include <chrono>

namespace pail::time {

/// A point in time, UTC, in milliseconds since 1970: the precision that S3 shows.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where everybody gets the time from, so that tests and clock control can change it.
/// Implementations are thread-safe.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  virtual Timestamp now() const = 0;

  /// What the machine's own clock shows, by which clients of this machine sign.
  virtual Timestamp machine_now() const { return now(); }
  /// What this clock showed when the machine's showed `machine_time`; of times to come, what it
  /// will show if nobody touches it.
  virtual Timestamp shown_at(Timestamp machine_time) const { return machine_time; }
};

/// The clock of the operating system.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

/// A clock that stands still until it is set or advanced. Starts at 1970 unless told otherwise.
class ManualClock final : public Clock {
 public:
  ManualClock() = default;
  explicit ManualClock(Timestamp start);

  Timestamp now() const override;
  void set(Timestamp time);
  /// Moves the clock by step, which may be negative.
  void advance(std::chrono::milliseconds step);

 private:
  std::atomic<std::chrono::milliseconds::rep> now_ms_{0};
};

}  // namespace pail::time
