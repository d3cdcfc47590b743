#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include "time/clock.h"

namespace pail::time {

/// A clock that follows another, the machine's, until somebody sets it, stops it or lets it run at
/// another speed. Thread-safe; untouched it costs one atomic load more than the machine's.
class AdjustableClock final : public Clock {
 public:
  /// `machine` outlives this clock. With `frozen_at` it stands still there, as if it had always
  /// done so.
  explicit AdjustableClock(const Clock& machine, std::optional<Timestamp> frozen_at = std::nullopt);

  Timestamp now() const override;
  Timestamp machine_now() const override { return machine_.now(); }
  /// Known for the last 256 adjustments.
  Timestamp shown_at(Timestamp machine_time) const override;

  /// Shows `time` from now on, and goes on from there at the speed that it has.
  void set(Timestamp time);
  /// Moves by `step`, which may be negative.
  void advance(std::chrono::milliseconds step);
  /// How many seconds go by in one of the machine's; 0 stands still. Not negative.
  void set_speed(double speed);
  /// Follows the machine again.
  void reset();

  struct Reading {
    Timestamp now;
    double speed = 1;
    /// Whether it shows anything but the machine's time.
    bool is_adjusted = false;
  };
  [[nodiscard]] Reading read() const;

 private:
  /// What it shows from some time of the machine on.
  struct Stretch {
    Timestamp machine_from;
    Timestamp shown_from;
    double speed = 1;

    [[nodiscard]] Timestamp show(Timestamp machine_time) const;
  };
  /// Under the mutex.
  [[nodiscard]] Stretch present(Timestamp machine_time) const;
  void begin(Stretch stretch);

  const Clock& machine_;
  std::atomic<bool> is_adjusted_{false};
  mutable std::mutex mutex_;
  std::vector<Stretch> stretches_;  // in the order of time; before the first: the machine's time
};

}  // namespace pail::time
