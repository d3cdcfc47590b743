#include "time/adjustable_clock.h"

#include <gtest/gtest.h>

namespace pail::time {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Timestamp kStart{hours(24 * 365)};

struct AdjustableClockTest : testing::Test {
  ManualClock machine{kStart};
  AdjustableClock clock{machine};
};

TEST_F(AdjustableClockTest, FollowsTheMachineUntilItIsTouched) {
  machine.advance(seconds(5));
  EXPECT_EQ(clock.now(), kStart + seconds(5));
  EXPECT_FALSE(clock.read().is_adjusted);
}

TEST_F(AdjustableClockTest, GoesOnFromTheTimeThatItIsSetTo) {
  clock.set(kStart + hours(1000));
  machine.advance(seconds(5));
  EXPECT_EQ(clock.now(), kStart + hours(1000) + seconds(5));
  EXPECT_TRUE(clock.read().is_adjusted);
}

TEST_F(AdjustableClockTest, StandsStillWhileFrozenAndGoesOnWithoutALeap) {
  clock.set_speed(0);
  machine.advance(minutes(10));
  EXPECT_EQ(clock.now(), kStart);
  clock.set_speed(1);
  machine.advance(minutes(1));
  EXPECT_EQ(clock.now(), kStart + minutes(1));
}

TEST_F(AdjustableClockTest, CanBeMovedWhileItStandsStill) {
  clock.set_speed(0);
  clock.advance(hours(24));
  clock.advance(-hours(1));
  machine.advance(minutes(1));
  EXPECT_EQ(clock.now(), kStart + hours(23));
  EXPECT_EQ(clock.read().speed, 0);
}

TEST_F(AdjustableClockTest, RunsAtAnotherSpeed) {
  clock.set_speed(3600);
  machine.advance(seconds(2));
  EXPECT_EQ(clock.now(), kStart + hours(2));
}

TEST_F(AdjustableClockTest, FollowsTheMachineAgainAfterAReset) {
  clock.advance(hours(5));
  clock.set_speed(0);
  machine.advance(seconds(1));
  clock.reset();
  EXPECT_EQ(clock.now(), kStart + seconds(1));
  EXPECT_FALSE(clock.read().is_adjusted);
}

TEST_F(AdjustableClockTest, KnowsWhatItShowedAtATimeOfTheMachine) {
  machine.advance(minutes(1));
  clock.advance(hours(1));
  machine.advance(minutes(1));
  clock.set_speed(0);
  machine.advance(minutes(1));
  EXPECT_EQ(clock.shown_at(kStart + seconds(30)), kStart + seconds(30));
  EXPECT_EQ(clock.shown_at(kStart + seconds(90)), kStart + hours(1) + seconds(90));
  EXPECT_EQ(clock.shown_at(kStart + seconds(150)), kStart + hours(1) + minutes(2));
}

TEST(AdjustableClock, CanHaveStoodStillForever) {
  const ManualClock machine(kStart);
  AdjustableClock clock(machine, kStart - hours(1));
  EXPECT_EQ(clock.now(), kStart - hours(1));
  EXPECT_EQ(clock.shown_at(kStart - hours(5)), kStart - hours(1));
  clock.advance(milliseconds(1));
  EXPECT_EQ(clock.now(), kStart - hours(1) + milliseconds(1));
}

TEST_F(AdjustableClockTest, KeepsABoundedHistory) {
  for (int i = 0; i < 1000; ++i) {
    machine.advance(milliseconds(1));
    clock.advance(seconds(1));
  }
  EXPECT_EQ(clock.now(), kStart + milliseconds(1000) + seconds(1000));
  EXPECT_EQ(clock.shown_at(kStart + milliseconds(990)), kStart + milliseconds(990) + seconds(990));
}

}  // namespace
}  // namespace pail::time
