#include "time/clock.h"

#include <thread>

#include <gtest/gtest.h>

namespace pail::time {
namespace {

using std::chrono::milliseconds;

TEST(ManualClock, StandsStillUntilToldOtherwise) {
  const ManualClock clock(Timestamp(milliseconds(5)));
  EXPECT_EQ(clock.now(), Timestamp(milliseconds(5)));
  EXPECT_EQ(clock.now(), Timestamp(milliseconds(5)));
}

TEST(ManualClock, StartsAt1970) { EXPECT_EQ(ManualClock().now(), Timestamp()); }

TEST(ManualClock, SetsAndAdvancesBothWays) {
  ManualClock clock;
  clock.set(Timestamp(milliseconds(1000)));
  clock.advance(milliseconds(5));
  EXPECT_EQ(clock.now(), Timestamp(milliseconds(1005)));
  clock.advance(milliseconds(-2000));
  EXPECT_EQ(clock.now(), Timestamp(milliseconds(-995)));
}

TEST(ManualClock, LosesNoStepOfTwoThreads) {
  ManualClock clock;
  const auto advance = [&clock] {
    for (int i = 0; i < 1000; ++i) clock.advance(milliseconds(1));
  };
  std::thread other(advance);
  advance();
  other.join();
  EXPECT_EQ(clock.now(), Timestamp(milliseconds(2000)));
}

TEST(SystemClock, AgreesWithTheMachine) {
  const auto before = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  const Timestamp now = SystemClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

}  // namespace
}  // namespace pail::time
