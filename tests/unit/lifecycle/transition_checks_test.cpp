#include "lifecycle/transition_checks.h"

#include <string>

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::lifecycle {
namespace {

std::string failure(const Rule& rule) {
  const auto checked = check_transitions(rule);
  if (checked) return "";
  return std::string(error_name(checked.error().code)) + ": " + checked.error().message;
}

Rule moving(std::vector<Transition> transitions) {
  Rule rule;
  rule.filter.prefix = "";
  rule.transitions = std::move(transitions);
  return rule;
}

When on(std::string_view date) { return {{}, time::parse_iso8601(date)}; }

TEST(Describe, SaysTheFilterAsAwsDoes) {
  Filter filter;
  EXPECT_EQ(describe(filter), "filter '()'");
  filter.prefix = "a/";
  EXPECT_EQ(describe(filter), "filter '(prefix=a/)'");
  filter.tags = {{"k", "v"}};
  filter.size_less_than_bytes = 9;
  EXPECT_EQ(describe(filter),
            "filter '(objectsizelessthan=9 and prefix=a/ and tag: key=k, value=v)'");
  filter = {};
  filter.form = Filter::Form::kRulePrefix;
  filter.prefix = "a/";
  EXPECT_EQ(describe(filter), "prefix 'a/'");
}

TEST(CheckTransitions, DownTheWaterfallWithDistancesIsFine) {
  EXPECT_EQ(
      failure(moving(
          {{{120, {}}, "DEEP_ARCHIVE"}, {{0, {}}, "INTELLIGENT_TIERING"}, {{30, {}}, "GLACIER"}})),
      "");
}

TEST(CheckTransitions, InfrequentAccessTakesObjectsOfThirtyDays) {
  EXPECT_EQ(failure(moving({{{29, {}}, "ONEZONE_IA"}})),
            "InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for "
            "storageClass 'ONEZONE_IA'");
  EXPECT_EQ(failure(moving({{{30, {}}, "ONEZONE_IA"}})), "");
  Rule rule;
  rule.noncurrent_transitions = {{29, {}, "STANDARD_IA"}};
  EXPECT_EQ(failure(rule),
            "InvalidArgument: 'NoncurrentDays' in NoncurrentVersionTransition action must be "
            "greater than or equal to 30 for storageClass 'STANDARD_IA'");
}

TEST(CheckTransitions, DaysAreNotNegative) {
  EXPECT_EQ(failure(moving({{{-1, {}}, "GLACIER"}})),
            "InvalidArgument: 'Days' in Transition action must be nonnegative");
}

TEST(CheckTransitions, NothingMovesIntoStandard) {
  EXPECT_EQ(failure(moving({{{1, {}}, "STANDARD"}})),
            "InvalidArgument: Invalid target Storage class for Transition action");
}

TEST(CheckTransitions, AClassIsNamedOnce) {
  EXPECT_EQ(failure(moving({{{1, {}}, "GLACIER"}, {{9, {}}, "GLACIER"}})),
            "InvalidRequest: 'StorageClass' must be different for 'Transition' actions in same "
            "'Rule' with filter '(prefix=)'");
}

TEST(CheckTransitions, DatesAndDaysAreNotMixed) {
  Rule rule = moving({{on("2030-01-01T00:00:00Z"), "GLACIER"}});
  rule.expiration = Expiration{{400, {}}, {}};
  EXPECT_EQ(failure(rule),
            "InvalidRequest: Found mixed 'Date' and 'Days' based Expiration and Transition actions "
            "in lifecycle rule for filter '(prefix=)'");
}

TEST(CheckTransitions, TooShortAStayIsToldInAwsOddWords) {
  EXPECT_EQ(failure(moving({{{30, {}}, "GLACIER"}, {{60, {}}, "DEEP_ARCHIVE"}})),
            "InvalidArgument: 'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' "
            "for filter '(prefix=)' must be 90 days more than 'filter '(prefix=)'' in the "
            "'Transition' action for StorageClass 'GLACIER'");
}

TEST(CheckTransitions, TheColderClassComesLater) {
  EXPECT_EQ(failure(moving({{{90, {}}, "STANDARD_IA"}, {{30, {}}, "GLACIER"}})),
            "InvalidArgument: 'Days' in the 'Transition' action for StorageClass 'GLACIER' for "
            "filter '(prefix=)' must be greater than 'Days' in the 'Transition' action for "
            "StorageClass 'STANDARD_IA' for filter '(prefix=)'");
  EXPECT_NE(failure(moving({{on("2030-02-01T00:00:00Z"), "STANDARD_IA"},
                            {on("2030-01-01T00:00:00Z"), "GLACIER"}})),
            "");
}

TEST(CheckTransitions, ExpirationComesAfterThem) {
  Rule rule = moving({{{30, {}}, "GLACIER"}});
  rule.expiration = Expiration{{30, {}}, {}};
  EXPECT_EQ(failure(rule),
            "InvalidArgument: 'Days' in the Expiration action for filter '(prefix=)' must be "
            "greater than 'Days' in the Transition action");
  rule.expiration->when.days = 31;
  EXPECT_EQ(failure(rule), "");
  rule = {};
  rule.filter.prefix = "";
  rule.noncurrent_transitions = {{30, {}, "GLACIER"}};
  rule.noncurrent_expiration = NoncurrentExpiration{30, {}};
  EXPECT_EQ(failure(rule),
            "InvalidArgument: 'NoncurrentDays' in the NoncurrentVersionExpiration action for "
            "filter '(prefix=)' must be greater than 'NoncurrentDays' in the "
            "NoncurrentVersionTransition action");
}

TEST(CheckMidnight, OnlyMidnightPasses) {
  EXPECT_TRUE(check_midnight(*time::parse_iso8601("2030-01-01T00:00:00Z")).has_value());
  EXPECT_FALSE(check_midnight(*time::parse_iso8601("2030-01-01T00:00:01Z")).has_value());
}

}  // namespace
}  // namespace pail::lifecycle
