#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <unordered_set>

#include "transport/deadline.h"

namespace pail::transport {

/// The connections that are open now. Thread-safe.
class Registry {
 public:
  /// False when there are already `most` of them.
  bool add(Deadline& deadline, std::size_t most);
  /// Must be called before the deadline goes away.
  void remove(Deadline& deadline);

  void check_deadlines();
  void end_idle();
  void cut_all();

  /// Waits until no connection is left; false when some are left after `time`.
  bool wait_until_empty(std::chrono::milliseconds time);
  void wait_until_empty();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_set<Deadline*> deadlines_;
};

}  // namespace pail::transport
