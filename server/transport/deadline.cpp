#include "transport/deadline.h"

#include <sys/socket.h>

namespace pail::transport {

void Deadline::arm(Wait wait, std::chrono::milliseconds time) {
  const auto end = Clock::now() + time;
  const std::lock_guard lock(mutex_);
  wait_ = wait;
  end_ = end;
  expired_.store(false, std::memory_order_relaxed);
}

void Deadline::disarm() {
  const std::lock_guard lock(mutex_);
  wait_ = Wait::None;
  end_ = Clock::time_point::max();
}

void Deadline::check(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (now < end_) return;
  expire(wait_ == Wait::Head || wait_ == Wait::Body ? SHUT_RD : SHUT_RDWR);
}

void Deadline::end_if_idle() {
  const std::lock_guard lock(mutex_);
  if (wait_ == Wait::Idle || wait_ == Wait::Head || wait_ == Wait::Linger) expire(SHUT_RDWR);
}

void Deadline::cut() {
  is_cut_.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  expire(SHUT_RDWR);
}

void Deadline::detach() {
  const std::lock_guard lock(mutex_);
  descriptor_ = -1;
}

void Deadline::expire(int how) {
  wait_ = Wait::None;
  end_ = Clock::time_point::max();
  if (descriptor_ < 0) return;
  expired_.store(true, std::memory_order_relaxed);
  ::shutdown(descriptor_, how);
}

}  // namespace pail::transport
