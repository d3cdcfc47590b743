#include "http/body_pace.h"

#include <gtest/gtest.h>

namespace pail::http {
namespace {

using namespace std::chrono_literals;

Pace pace_of(std::optional<std::uint64_t> bytes_per_s, std::optional<Stall> stall = std::nullopt) {
  Pace pace;
  pace.bytes_per_s = bytes_per_s;
  pace.stall = stall;
  return pace;
}

/// What a body of so many bytes waits in all until it has passed, or can pass no further.
std::chrono::microseconds whole_wait(BodyPace& pace, std::size_t body_bytes) {
  std::chrono::microseconds sum{0};
  while (body_bytes > 0) {
    const auto step = pace.next(body_bytes);
    if (step.bytes == 0) break;
    sum += step.wait;
    body_bytes -= step.bytes;
  }
  return sum;
}

TEST(BodyPace, PlainPaceLetsEverythingPassAtOnce) {
  BodyPace pace{Pace{}};
  const auto step = pace.next(1'000'000);
  EXPECT_EQ(step.bytes, 1'000'000U);
  EXPECT_EQ(step.wait, 0us);
  EXPECT_FALSE(pace.is_at_end());
}

TEST(BodyPace, BodyTakesAsLongAsItsRateSays) {
  BodyPace pace(pace_of(1000));
  EXPECT_EQ(whole_wait(pace, 3000), 3s);
  EXPECT_EQ(pace.passed_bytes(), 3000U);
}

TEST(BodyPace, SlowestRatePassesSingleBytes) {
  BodyPace pace(pace_of(1));
  const auto step = pace.next(100);
  EXPECT_EQ(step.bytes, 1U);
  EXPECT_EQ(step.wait, 1s);
}

TEST(BodyPace, StallComesOnceAndExactlyAfterItsBytes) {
  BodyPace pace(pace_of(std::nullopt, Stall{100, 7s}));
  const auto before = pace.next(250);
  EXPECT_EQ(before.bytes, 100U);
  EXPECT_EQ(before.wait, 0us);
  const auto stalled = pace.next(150);
  EXPECT_EQ(stalled.bytes, 150U);
  EXPECT_EQ(stalled.wait, 7s);
  EXPECT_EQ(pace.next(50).wait, 0us);
}

TEST(BodyPace, StallBeforeTheFirstByte) {
  BodyPace pace(pace_of(std::nullopt, Stall{0, 7s}));
  EXPECT_EQ(pace.next(10).wait, 7s);
  EXPECT_EQ(pace.next(10).wait, 0us);
}

TEST(BodyPace, StallBehindTheBodyNeverComes) {
  BodyPace pace(pace_of(std::nullopt, Stall{11, 7s}));
  EXPECT_EQ(whole_wait(pace, 10), 0us);
}

TEST(BodyPace, NothingPassesBehindTheEnd) {
  BodyPace pace(Pace{}, 3);
  EXPECT_EQ(pace.next(10).bytes, 3U);
  EXPECT_TRUE(pace.is_at_end());
  EXPECT_EQ(pace.next(7).bytes, 0U);
  EXPECT_EQ(pace.passed_bytes(), 3U);
}

TEST(BodyPace, StallComesBeforeTheEndThatStandsAtTheSamePlace) {
  BodyPace pace(pace_of(std::nullopt, Stall{3, 7s}), 3);
  EXPECT_EQ(pace.next(10).bytes, 3U);
  const auto last = pace.next(7);
  EXPECT_EQ(last.bytes, 0U);
  EXPECT_EQ(last.wait, 7s);
}

TEST(BodyPace, EndAtZeroLetsNothingPass) {
  BodyPace pace(Pace{}, 0);
  EXPECT_TRUE(pace.is_at_end());
  EXPECT_EQ(pace.next(1).bytes, 0U);
}

}  // namespace
}  // namespace pail::http
