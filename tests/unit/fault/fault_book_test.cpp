#include "fault/fault_book.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

using namespace std::chrono_literals;

class FaultBookTest : public testing::Test {
 protected:
  static Sighting get(std::string_view key = "k") {
    Sighting sighting;
    sighting.operation = "GetObject";
    sighting.method = "GET";
    sighting.bucket = "b";
    sighting.key = key;
    return sighting;
  }
  static Rule error(S3ErrorCode code = S3ErrorCode::SlowDown) {
    Rule rule;
    rule.effect.error = ErrorAnswer{.code = code, .message = {}, .status = {}};
    return rule;
  }
  std::string add(Rule rule) {
    const auto ids = book_.add({std::move(rule)});
    return ids ? ids->front() : ids.error();
  }
  /// One letter for each of so many requests: x where the book strikes.
  std::string strikes(int requests, const Sighting& sighting = get()) {
    std::string drawn;
    for (int i = 0; i < requests; ++i) drawn += book_.strike(sighting) ? 'x' : '.';
    return drawn;
  }

  time::ManualClock clock_{time::Timestamp(1'000'000s)};
  FaultBook book_{clock_};
};

TEST_F(FaultBookTest, EmptyBookStrikesNothing) {
  EXPECT_TRUE(book_.is_empty());
  EXPECT_FALSE(book_.strike(get()).has_value());
}

TEST_F(FaultBookTest, RuleWithoutConditionsFiresAlways) {
  add(error());
  EXPECT_FALSE(book_.is_empty());
  EXPECT_EQ(strikes(4), "xxxx");
}

TEST_F(FaultBookTest, NthFiresOnce) {
  Rule rule = error();
  rule.trigger.nth = 2;
  add(rule);
  EXPECT_EQ(strikes(5), ".x...");
}

TEST_F(FaultBookTest, AfterEveryAndCountGoTogether) {
  Rule rule = error();
  rule.trigger.after = 3;
  rule.trigger.every = 2;
  rule.trigger.count = 2;
  add(rule);
  EXPECT_EQ(strikes(12), "....x.x.....");
}

TEST_F(FaultBookTest, OnlyRequestsThatFitAreCounted) {
  Rule rule = error();
  rule.match.key = "a/*";
  rule.trigger.nth = 2;
  add(rule);
  EXPECT_EQ(strikes(3, get("b/1")), "...");
  EXPECT_EQ(strikes(3, get("a/1")), ".x.");
}

TEST_F(FaultBookTest, ProbabilityIsDrawnFromTheSeed) {
  Rule rule = error();
  rule.trigger.probability = 0.3;
  rule.seed = 7;
  add(rule);
  const std::string first = strikes(200);
  const auto fired = std::ranges::count(first, 'x');
  EXPECT_GT(fired, 40);
  EXPECT_LT(fired, 80);

  FaultBook again(clock_);
  ASSERT_TRUE(again.add({rule}).has_value());
  std::string second;
  for (int i = 0; i < 200; ++i) second += again.strike(get()) ? 'x' : '.';
  EXPECT_EQ(second, first);

  rule.seed = 8;
  book_.clear();
  add(rule);
  EXPECT_NE(strikes(200), first);
}

TEST_F(FaultBookTest, ProbabilityZeroNeverFiresAndOneAlways) {
  Rule rule = error();
  rule.trigger.probability = 0;
  add(rule);
  EXPECT_EQ(strikes(3), "...");
  rule.trigger.probability = 1;
  add(rule);
  EXPECT_EQ(strikes(3), "xxx");
}

TEST_F(FaultBookTest, DurationIsCountedOnTheClockFromTheAddition) {
  Rule rule = error();
  rule.trigger.duration = 10s;
  add(rule);
  clock_.advance(9'999ms);
  EXPECT_EQ(strikes(1), "x");
  clock_.advance(1ms);
  EXPECT_EQ(strikes(1), ".");
}

TEST_F(FaultBookTest, UntilIsATimeOfTheClock) {
  Rule rule = error();
  rule.trigger.until = clock_.now() + 5s;
  add(rule);
  EXPECT_EQ(strikes(1), "x");
  clock_.advance(5s);
  EXPECT_EQ(strikes(1), ".");
}

TEST_F(FaultBookTest, RateLimitStrikesWhatIsTooMuch) {
  Rule rule;
  rule.effect.rate_limit = RateLimit{.requests_per_s = 1, .burst = 2};
  rule.effect.retry_after_s = 3;
  add(rule);
  EXPECT_EQ(strikes(4, get("a/1")), "..xx");
  EXPECT_EQ(strikes(1, get("c/1")), ".");
  clock_.advance(1s);
  EXPECT_EQ(strikes(2, get("a/2")), ".x");
  const auto strike = book_.strike(get("a/3"));
  ASSERT_TRUE(strike.has_value());
  EXPECT_TRUE(strike->effect.rate_limit.has_value());
  EXPECT_EQ(strike->effect.retry_after_s, 3U);
  EXPECT_EQ(book_.list().front().matched, 8U);
  EXPECT_EQ(book_.list().front().fired, 4U);
}

TEST_F(FaultBookTest, EffectsOfSeveralRulesAreJoined) {
  Rule slow;
  slow.name = "slow";
  slow.effect.latency = 5.0;
  add(slow);
  Rule slower;
  slower.effect.latency = 7.0;
  slower.effect.truncate_after_bytes = 10;
  const std::string id = add(slower);
  Rule shorter;
  shorter.name = "shorter";
  shorter.effect.truncate_after_bytes = 5;
  add(shorter);
  const auto strike = book_.strike(get());
  ASSERT_TRUE(strike.has_value());
  EXPECT_EQ(strike->latency, 12ms);
  EXPECT_EQ(strike->effect.truncate_after_bytes, 10U);
  EXPECT_EQ(strike->rules, "slow, " + id + ", shorter");
}

TEST_F(FaultBookTest, RuleThatReplacesTheOperationIsTheLastToBeAsked) {
  add(error(S3ErrorCode::SlowDown));
  add(error(S3ErrorCode::InternalError));
  const auto strike = book_.strike(get());
  ASSERT_TRUE(strike.has_value());
  EXPECT_EQ(strike->effect.error->code, S3ErrorCode::SlowDown);
  const auto reports = book_.list();
  EXPECT_EQ(reports.at(0).fired, 1U);
  EXPECT_EQ(reports.at(1).matched, 0U);
}

TEST_F(FaultBookTest, ReportsTellHowOftenRulesMatchedAndFired) {
  Rule rule = error();
  rule.trigger.nth = 2;
  add(rule);
  strikes(3);
  ASSERT_EQ(book_.list().size(), 1U);
  EXPECT_EQ(book_.list().front().matched, 3U);
  EXPECT_EQ(book_.list().front().fired, 1U);
}

TEST_F(FaultBookTest, RemovedRuleFiresNoMore) {
  const std::string id = add(error());
  EXPECT_FALSE(book_.remove("nonesuch"));
  EXPECT_TRUE(book_.remove(id));
  EXPECT_FALSE(book_.remove(id));
  EXPECT_TRUE(book_.is_empty());
  EXPECT_EQ(strikes(2), "..");
}

TEST_F(FaultBookTest, IdsAreGivenWhereNoneIsAndTakenOnesRefused) {
  Rule named = error();
  named.id = "fault-1";
  EXPECT_EQ(add(named), "fault-1");
  EXPECT_EQ(add(error()), "fault-2");
  EXPECT_EQ(add(named), "there is already a fault rule with the id 'fault-1'");
  EXPECT_EQ(book_.list().size(), 2U);
}

TEST_F(FaultBookTest, AllRulesAreAddedOrNone) {
  Rule named = error();
  named.id = "mine";
  EXPECT_FALSE(book_.add({error(), named, named}).has_value());
  EXPECT_TRUE(book_.is_empty());
  EXPECT_FALSE(book_.add(std::vector<Rule>(FaultBook::kRulesMost + 1, error())).has_value());
  EXPECT_TRUE(book_.is_empty());
}

TEST_F(FaultBookTest, CountsExactlyUnderManyThreads) {
  Rule rule = error();
  rule.trigger.count = 100;
  add(rule);
  constexpr int kThreads = 4;
  constexpr int kRequests = 500;
  std::atomic<int> fired = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([this, &fired] {
      for (int j = 0; j < kRequests; ++j) {
        if (!book_.is_empty() && book_.strike(get())) ++fired;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fired, 100);
  EXPECT_EQ(book_.list().front().matched, static_cast<std::uint64_t>(kThreads) * kRequests);
}

}  // namespace
}  // namespace pail::fault
