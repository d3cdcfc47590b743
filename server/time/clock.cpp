#include "time/clock.h"

namespace pail::time {

Timestamp SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

ManualClock::ManualClock(Timestamp start) : now_ms_(start.time_since_epoch().count()) {}

Timestamp ManualClock::now() const { return Timestamp(std::chrono::milliseconds(now_ms_.load())); }

void ManualClock::set(Timestamp time) { now_ms_.store(time.time_since_epoch().count()); }

void ManualClock::advance(std::chrono::milliseconds step) { now_ms_.fetch_add(step.count()); }

}  // namespace pail::time
