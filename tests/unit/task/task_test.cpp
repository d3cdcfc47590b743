#include "task/task.h"

#include <stdexcept>
#include <string>
#include <thread>

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
