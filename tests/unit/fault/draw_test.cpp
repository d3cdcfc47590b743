#include "fault/draw.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

using namespace std::chrono_literals;

std::vector<std::chrono::microseconds> draw_many(const Latency& latency, std::uint64_t seed) {
  constexpr int kMany = 2001;
  random::SeededRandom random(seed);
  std::vector<std::chrono::microseconds> drawn;
  for (int i = 0; i < kMany; ++i) drawn.push_back(draw_latency(latency, random));
  return drawn;
}

TEST(Draw, FractionsFillTheUnitIntervalEvenly) {
  constexpr int kMany = 10'000;
  random::SeededRandom random(1);
  double sum = 0;
  for (int i = 0; i < kMany; ++i) {
    const double fraction = draw_fraction(random);
    ASSERT_GE(fraction, 0.0);
    ASSERT_LT(fraction, 1.0);
    sum += fraction;
  }
  EXPECT_NEAR(sum / kMany, 0.5, 0.02);
}

TEST(Draw, SameSeedDrawsTheSame) {
  const Latency latency = LogNormalLatency{20, 0.5};
  EXPECT_EQ(draw_many(latency, 7), draw_many(latency, 7));
  EXPECT_NE(draw_many(latency, 7), draw_many(latency, 8));
}

TEST(Draw, FixedLatencyIsItself) {
  random::SeededRandom random(1);
  EXPECT_EQ(draw_latency(12.5, random), 12'500us);
}

TEST(Draw, UniformLatencyStaysWithinItsBounds) {
  const auto drawn = draw_many(UniformLatency{10, 20}, 1);
  const auto [least, most] = std::ranges::minmax(drawn);
  EXPECT_GE(least, 10ms);
  EXPECT_LT(least, 11ms);
  EXPECT_LE(most, 20ms);
  EXPECT_GT(most, 19ms);
}

TEST(Draw, HalfOfLogNormalLatenciesAreBelowTheMedian) {
  auto drawn = draw_many(LogNormalLatency{20, 0.5}, 1);
  std::ranges::sort(drawn);
  EXPECT_NEAR(static_cast<double>(drawn[drawn.size() / 2].count()), 20'000, 1'000);
  // One standard deviation above the median lie 84 of 100.
  EXPECT_NEAR(static_cast<double>(drawn[drawn.size() * 84 / 100].count()), 32'970, 2'500);
}

TEST(Draw, LatencyIsNeverLongerThanAnHour) {
  const auto drawn = draw_many(LogNormalLatency{1'000'000, 10}, 1);
  EXPECT_EQ(std::ranges::max(drawn), 1h);
}

}  // namespace
}  // namespace pail::fault
