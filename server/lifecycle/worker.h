#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>

#include "lifecycle/bucket_pass.h"
#include "lifecycle/bucket_rules.h"
#include "lifecycle/report.h"
#include "model/bucket.h"
#include "random/random.h"
#include "store/store.h"
#include "time/clock.h"

namespace pail::lifecycle {

struct WorkerOptions {
  /// How often it looks, in the machine's time, whether something may be due.
  std::chrono::milliseconds interval = std::chrono::minutes(1);
  /// Versions that are looked at in one step.
  std::size_t batch = 1000;
  /// How long it leaves the store to others between two steps.
  std::chrono::milliseconds pause = std::chrono::milliseconds(10);
};

/// Carries out the rules of all buckets in the background, by the injected clock. With days of
/// true length something becomes due at midnight UTC only, so each bucket is walked once a day and
/// when its configuration changes. Thread-safe; the parts outlive it.
class Worker {
 public:
  Worker(store::Store& store, const BucketRules& rules, const time::Clock& clock,
         random::Random& random, WorkerOptions options = {});
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Stops.
  ~Worker();

  /// Starts the thread. At most once.
  void start();

  /// Does at once, and without pauses, all that is due by the clock. Waits for a run that is under
  /// way. When it returns, what it reports has happened.
  Report run_due_now();

  /// Ends after the step that is under way. Idempotent.
  void stop();

 private:
  /// The state of a bucket, and the day, for which it was walked to its end.
  struct Walked {
    std::uint64_t revision = 0;
    std::int64_t day = 0;
    bool operator==(const Walked&) const = default;
  };

  void loop();
  void run_all(bool is_forced, PassContext& context, Report& report);
  void run_bucket(const std::shared_ptr<const model::Bucket>& bucket, bool is_forced,
                  PassContext& context, Report& report);
  /// Waits; false when it is to end.
  bool rest(std::chrono::milliseconds duration);
  [[nodiscard]] PassContext make_context() const;

  store::Store& store_;
  const BucketRules& rules_;
  const time::Clock& clock_;
  random::Random& random_;
  const WorkerOptions options_;

  std::mutex run_mutex_;                   // held while rules are carried out
  std::map<std::int64_t, Walked> walked_;  // by bucket id; under run_mutex_

  std::mutex stop_mutex_;
  std::condition_variable stop_changed_;
  bool is_stopping_ = false;  // under stop_mutex_
  std::mutex join_mutex_;
  std::thread thread_;
};

}  // namespace pail::lifecycle
