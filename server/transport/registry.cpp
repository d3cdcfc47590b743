#include "transport/registry.h"

namespace pail::transport {

bool Registry::add(Deadline& deadline, std::size_t most) {
  const std::lock_guard lock(mutex_);
  if (deadlines_.size() >= most) return false;
  deadlines_.insert(&deadline);
  return true;
}

void Registry::remove(Deadline& deadline) {
  const std::lock_guard lock(mutex_);
  deadlines_.erase(&deadline);
  if (deadlines_.empty()) changed_.notify_all();
}

void Registry::check_deadlines() {
  const auto now = Deadline::Clock::now();
  const std::lock_guard lock(mutex_);
  for (Deadline* deadline : deadlines_) deadline->check(now);
}

void Registry::end_idle() {
  const std::lock_guard lock(mutex_);
  for (Deadline* deadline : deadlines_) deadline->end_if_idle();
}

void Registry::cut_all() {
  const std::lock_guard lock(mutex_);
  for (Deadline* deadline : deadlines_) deadline->cut();
}

bool Registry::wait_until_empty(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [this] { return deadlines_.empty(); });
}

void Registry::wait_until_empty() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return deadlines_.empty(); });
}

}  // namespace pail::transport
