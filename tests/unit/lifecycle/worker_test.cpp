#include "lifecycle/worker.h"

#include <atomic>
#include <future>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/lifecycle/pass_fixture.h"

namespace pail::lifecycle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class WorkerTest : public ::testing::Test, protected PassFixture {
 protected:
  BucketRules rules_{kSecondDay};
  Worker worker_{*store, rules_, clock, random};
};

TEST_F(WorkerTest, DoesWhatIsDueByTheInjectedClock) {
  put("a");
  set_rules({expiring_rule(10)});
  clock.set(second(9));
  EXPECT_EQ(worker_.run_due_now(), (Report{.looked_at = 1}));
  clock.set(second(10));
  EXPECT_EQ(worker_.run_due_now(), (Report{.looked_at = 1, .expired = 1}));
  EXPECT_THAT(versions(), IsEmpty());
}

TEST_F(WorkerTest, LeavesBucketsWithoutRulesAlone) {
  put("a");
  make_bucket("other");
  clock.set(second(100));
  EXPECT_EQ(worker_.run_due_now(), Report{});
}

TEST_F(WorkerTest, AStoppedWorkerDoesNothingMore) {
  put("a");
  set_rules({expiring_rule(1)});
  clock.set(second(5));
  worker_.stop();
  EXPECT_EQ(worker_.run_due_now(), Report{});
  EXPECT_THAT(versions(), ElementsAre("a null"));
}

TEST_F(WorkerTest, ItsThreadStopsAtOnce) {
  worker_.start();
  worker_.stop();
  worker_.stop();
  EXPECT_EQ(worker_.run_due_now(), Report{});
}

/// Tells when the worker has asked for the time.
class WatchedClock final : public time::Clock {
 public:
  time::Timestamp now() const override {
    if (!was_asked_.test_and_set()) asked_.set_value();
    return second(100);
  }
  void wait() const { asked_.get_future().wait(); }

 private:
  mutable std::atomic_flag was_asked_;
  mutable std::promise<void> asked_;
};

TEST_F(WorkerTest, ItsThreadDoesWhatIsDue) {
  put("a");
  set_rules({expiring_rule(1)});
  const WatchedClock watched;
  Worker worker(*store, rules_, watched, random);
  worker.start();
  watched.wait();
  // Waits for the run that is under way, which has begun with the bucket.
  worker.run_due_now();
  EXPECT_THAT(versions(), IsEmpty());
}

}  // namespace
}  // namespace pail::lifecycle
