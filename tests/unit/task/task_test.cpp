#include "task/task.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace pail::task {
namespace {

Task<int> immediate(int value) { co_return value; }

Task<int> sum_of_two() {
  const int first = co_await immediate(1);
  const int second = co_await immediate(2);
  co_return first + second;
}

Task<int> failing() {
  throw std::runtime_error("broken");
  co_return 0;
}

Task<int> waiting(OneShot<int>& shot) { co_return co_await shot; }

Task<int> deep(int levels) {
  if (levels == 0) co_return 0;
  co_return 1 + co_await deep(levels - 1);
}

TEST(Task, YieldsWhatItsCoroutineReturns) { EXPECT_EQ(run_blocking(sum_of_two()), 3); }

TEST(Task, DoesNotStartBeforeItIsAwaited) {
  bool started = false;
  const auto mark = [](bool& flag) -> Task<int> {
    flag = true;
    co_return 1;
  };
  { const Task<int> never = mark(started); }
  EXPECT_FALSE(started);
}

TEST(Task, ExceptionsLeaveThroughTheAwait) {
  EXPECT_THROW(run_blocking(failing()), std::runtime_error);
}

TEST(Task, AwaitsNestDeeply) { EXPECT_EQ(run_blocking(deep(1000)), 1000); }

Task<long> sum_of_many(long rounds) {
  long sum = 0;
  for (long round = 0; round < rounds; ++round) sum += co_await immediate(1);
  co_return sum;
}

Task<long> sum_of_many_loops(OneShot<int>& start, long loops, long rounds) {
  long sum = co_await waiting(start);
  for (long loop = 0; loop < loops; ++loop) sum += co_await sum_of_many(rounds);
  co_return sum;
}

// Fails by overflowing the stack where each await that need not wait keeps some of it.
TEST(Task, LoopsOfAwaitsThatNeedNotWaitKeepTheStackFlat) {
  constexpr long kRounds = 1'000'000;
  EXPECT_EQ(run_blocking(sum_of_many(kRounds)), kRounds);
}

TEST(Task, LoopsOfAwaitsKeepTheStackFlatAfterAWaitToo) {
  OneShot<int> start;
  std::thread setter([&start] { start.set(0); });
  EXPECT_EQ(run_blocking(sum_of_many_loops(start, 1000, 1000)), 1'000'000);
  setter.join();
}

/// Resumes what is posted on threads of its own, as an executor with several threads may, so that a
/// coroutine can go on elsewhere before the one that waits for it has come to rest.
class ThreadsExecutor final : public Executor {
 public:
  void post(std::coroutine_handle<> continuation) override {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([continuation] { continuation.resume(); });
  }
  /// Until nothing runs any more.
  void join() {
    for (std::size_t next = 0;; ++next) {
      std::thread thread;
      {
        const std::lock_guard lock(mutex_);
        if (next == threads_.size()) return;
        thread = std::move(threads_[next]);
      }
      thread.join();
    }
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

Task<void> add_when_set(OneShot<int>& shot, std::atomic<int>& sum) {
  const int value = co_await waiting(shot);
  sum += value;
}

TEST(Task, GoesOnWhicheverThreadFinishesWhatItAwaits) {
  for (int round = 0; round < 500; ++round) {
    ThreadsExecutor executor;
    OneShot<int> shot;
    std::atomic<int> sum = 0;
    std::thread setter([&shot] { shot.set(1); });
    spawn(executor, add_when_set(shot, sum));
    setter.join();
    executor.join();
    ASSERT_EQ(sum, 1);
  }
}

TEST(OneShot, ValueSetBeforeTheAwaitIsTaken) {
  OneShot<int> shot;
  shot.set(7);
  EXPECT_EQ(run_blocking(waiting(shot)), 7);
}

TEST(OneShot, ValueFromAnotherThreadContinuesTheCoroutine) {
  for (int round = 0; round < 200; ++round) {
    OneShot<int> shot;
    std::thread setter([&shot, round] { shot.set(round); });
    EXPECT_EQ(run_blocking(waiting(shot)), round);
    setter.join();
  }
}

TEST(OneShot, CarriesMoveOnlyResults) {
  OneShot<std::unique_ptr<std::string>> shot;
  shot.set(std::make_unique<std::string>("value"));
  const auto wait =
      [](OneShot<std::unique_ptr<std::string>>& pending) -> Task<std::unique_ptr<std::string>> {
    co_return co_await pending;
  };
  EXPECT_EQ(*run_blocking(wait(shot)), "value");
}

}  // namespace
}  // namespace pail::task
