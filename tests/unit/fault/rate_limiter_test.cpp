#include "fault/rate_limiter.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

using namespace std::chrono_literals;

constexpr time::Timestamp kStart{std::chrono::seconds(1'000)};

RateLimit limit(double requests_per_s, double burst) {
  RateLimit result;
  result.requests_per_s = requests_per_s;
  result.burst = burst;
  return result;
}

TEST(RateLimiter, BurstPassesAndThenOnlyTheRate) {
  RateLimiter limiter(limit(2, 3));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.admit("b/", kStart));
  EXPECT_FALSE(limiter.admit("b/", kStart));
  EXPECT_FALSE(limiter.admit("b/", kStart + 499ms));
  EXPECT_TRUE(limiter.admit("b/", kStart + 500ms));
  EXPECT_FALSE(limiter.admit("b/", kStart + 501ms));
}

TEST(RateLimiter, EachPrefixHasItsOwnTokens) {
  RateLimiter limiter(limit(1, 1));
  EXPECT_TRUE(limiter.admit("b/x/", kStart));
  EXPECT_FALSE(limiter.admit("b/x/", kStart));
  EXPECT_TRUE(limiter.admit("b/y/", kStart));
}

TEST(RateLimiter, LongPauseGivesNoMoreThanTheBurst) {
  RateLimiter limiter(limit(10, 2));
  EXPECT_TRUE(limiter.admit("b/", kStart));
  EXPECT_TRUE(limiter.admit("b/", kStart + 1h));
  EXPECT_TRUE(limiter.admit("b/", kStart + 1h));
  EXPECT_FALSE(limiter.admit("b/", kStart + 1h));
}

TEST(RateLimiter, ClockThatIsSetBackGivesNothingAndTakesNothing) {
  RateLimiter limiter(limit(1, 2));
  EXPECT_TRUE(limiter.admit("b/", kStart));
  EXPECT_TRUE(limiter.admit("b/", kStart - 1h));
  EXPECT_FALSE(limiter.admit("b/", kStart - 1h));
  EXPECT_TRUE(limiter.admit("b/", kStart - 1h + 1s));
}

TEST(RateLimiter, ForgetsThePrefixUsedLongestAgo) {
  RateLimiter limiter(limit(0.001, 1));
  EXPECT_TRUE(limiter.admit("oldest", kStart));
  for (std::size_t i = 0; i < RateLimiter::kPrefixesMost; ++i) {
    ASSERT_TRUE(limiter.admit("p" + std::to_string(i), kStart + 1ms));
  }
  EXPECT_TRUE(limiter.admit("oldest", kStart + 2ms));
  EXPECT_FALSE(limiter.admit("p4095", kStart + 2ms));
}

}  // namespace
}  // namespace pail::fault
