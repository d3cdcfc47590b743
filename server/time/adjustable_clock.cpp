#include "time/adjustable_clock.h"

#include <algorithm>
#include <cmath>

namespace pail::time {
namespace {

constexpr std::size_t kStretchesMost = 256;

}  // namespace

AdjustableClock::AdjustableClock(const Clock& machine, std::optional<Timestamp> frozen_at)
    : machine_(machine) {
  if (frozen_at) begin({Timestamp::min(), *frozen_at, 0});
}

Timestamp AdjustableClock::Stretch::show(Timestamp machine_time) const {
  if (speed == 0) return shown_from;
  const auto gone = static_cast<double>((machine_time - machine_from).count());
  return shown_from + std::chrono::milliseconds(std::llround(gone * speed));
}

AdjustableClock::Stretch AdjustableClock::present(Timestamp machine_time) const {
  if (stretches_.empty()) return {machine_time, machine_time, 1};
  const Stretch& last = stretches_.back();
  return {machine_time, last.show(machine_time), last.speed};
}

void AdjustableClock::begin(Stretch stretch) {
  if (stretches_.size() == kStretchesMost) stretches_.erase(stretches_.begin());
  stretches_.push_back(stretch);
  is_adjusted_.store(stretch.speed != 1 || stretch.shown_from != stretch.machine_from,
                     std::memory_order_release);
}

Timestamp AdjustableClock::now() const {
  const Timestamp machine_time = machine_.now();
  if (!is_adjusted_.load(std::memory_order_acquire)) return machine_time;
  const std::lock_guard lock(mutex_);
  return present(machine_time).shown_from;
}

Timestamp AdjustableClock::shown_at(Timestamp machine_time) const {
  const std::lock_guard lock(mutex_);
  const auto after = std::ranges::upper_bound(stretches_, machine_time, {}, &Stretch::machine_from);
  if (after == stretches_.begin()) return machine_time;
  return std::prev(after)->show(machine_time);
}

void AdjustableClock::set(Timestamp time) {
  const std::lock_guard lock(mutex_);
  Stretch stretch = present(machine_.now());
  stretch.shown_from = time;
  begin(stretch);
}

void AdjustableClock::advance(std::chrono::milliseconds step) {
  const std::lock_guard lock(mutex_);
  Stretch stretch = present(machine_.now());
  stretch.shown_from += step;
  begin(stretch);
}

void AdjustableClock::set_speed(double speed) {
  const std::lock_guard lock(mutex_);
  Stretch stretch = present(machine_.now());
  stretch.speed = speed;
  begin(stretch);
}

void AdjustableClock::reset() {
  const std::lock_guard lock(mutex_);
  const Timestamp machine_time = machine_.now();
  begin({machine_time, machine_time, 1});
}

AdjustableClock::Reading AdjustableClock::read() const {
  const std::lock_guard lock(mutex_);
  const Stretch stretch = present(machine_.now());
  return {stretch.shown_from, stretch.speed, is_adjusted_.load(std::memory_order_acquire)};
}

}  // namespace pail::time
