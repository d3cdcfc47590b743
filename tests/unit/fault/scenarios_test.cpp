#include "fault/scenarios.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "fault/fault_book.h"

namespace pail::fault {
namespace {

constexpr std::array<std::string_view, 2> kOperations = {"GetObject", "PutObject"};

Sighting request(std::string_view method) {
  Sighting sighting;
  sighting.operation = method == "GET" ? "GetObject" : "PutObject";
  sighting.method = method;
  sighting.bucket = "b";
  sighting.key = "k";
  return sighting;
}

TEST(Scenarios, EachOneCanBeAddedToABook) {
  const time::ManualClock clock;
  std::vector<std::string_view> names;
  for (const Scenario& scenario : scenarios()) {
    names.push_back(scenario.name);
    FaultBook book(clock);
    const auto rules = scenario_rules(scenario.name);
    ASSERT_TRUE(rules.has_value()) << scenario.name;
    EXPECT_FALSE(rules->empty()) << scenario.name;
    const auto ids = book.add(*rules);
    ASSERT_TRUE(ids.has_value()) << scenario.name;
    EXPECT_TRUE(ids->front().starts_with(std::string(scenario.name) + "."));
    EXPECT_FALSE(scenario.summary.empty());
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"flaky-network", "throttled", "outage",
                                                  "lost-responses"}));
}

TEST(Scenarios, OutageLetsNothingThrough) {
  const time::ManualClock clock;
  FaultBook book(clock);
  ASSERT_TRUE(book.add(*scenario_rules("outage")).has_value());
  for (int i = 0; i < 100; ++i) {
    const auto strike = book.strike(request("GET"));
    ASSERT_TRUE(strike.has_value());
    EXPECT_TRUE(replaces_operation(strike->effect));
  }
  for (const RuleReport& report : book.list()) EXPECT_GT(report.fired, 0U) << report.rule.id;
}

TEST(Scenarios, LostResponsesHitWritesOnly) {
  const time::ManualClock clock;
  FaultBook book(clock);
  ASSERT_TRUE(book.add(*scenario_rules("lost-responses")).has_value());
  int lost = 0;
  for (int i = 0; i < 200; ++i) {
    EXPECT_FALSE(book.strike(request("GET")).has_value());
    if (const auto strike = book.strike(request("PUT"))) {
      ++lost;
      EXPECT_EQ(strike->effect.reset->point, Reset::Point::kAfterOperation);
    }
  }
  EXPECT_GT(lost, 20);
  EXPECT_LT(lost, 60);
}

TEST(Scenarios, SeedDecidesWhatIsDrawn) {
  EXPECT_EQ(*scenario_rules("flaky-network", 7), *scenario_rules("flaky-network", 7));
  EXPECT_NE(*scenario_rules("flaky-network", 7), *scenario_rules("flaky-network", 8));
  const auto rules = *scenario_rules("flaky-network", 7);
  EXPECT_NE(rules.at(0).seed, rules.at(1).seed);
}

TEST(ReadFaults, TakesTheNameOfAScenario) {
  EXPECT_EQ(*read_faults("throttled", kOperations), *scenario_rules("throttled"));
  EXPECT_EQ(*read_faults(" flaky-network:7\n", kOperations), *scenario_rules("flaky-network", 7));
}

TEST(ReadFaults, TakesRulesInJson) {
  const auto rules = read_faults("\n [{\"error\": \"SlowDown\"}]\n", kOperations);
  ASSERT_TRUE(rules.has_value()) << rules.error();
  EXPECT_EQ(rules->size(), 1U);
}

TEST(ReadFaults, SaysWhatIsPossible) {
  EXPECT_EQ(read_faults("chaos", kOperations).error(),
            "there is no fault scenario 'chaos': it must be 'flaky-network', 'throttled', 'outage' "
            "or 'lost-responses', or a rule in JSON like {\"operation\": \"GetObject\", \"error\": "
            "\"SlowDown\"}");
  EXPECT_EQ(read_faults("outage:x", kOperations).error(),
            "the seed behind 'outage:' must be a whole number");
  EXPECT_FALSE(read_faults("", kOperations).has_value());
  EXPECT_FALSE(read_faults(" \n", kOperations).has_value());
}

}  // namespace
}  // namespace pail::fault
