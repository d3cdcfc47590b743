#include "lifecycle/due.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::lifecycle {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Day kSecond{seconds(1)};
constexpr std::uint64_t kLargeBytes = 1'000'000;

time::Timestamp at(std::string_view text) { return *time::parse_iso8601(text); }
time::Timestamp after(std::int64_t count) { return time::Timestamp(seconds(count)); }

Rule enabled(const std::string& id) {
  Rule rule;
  rule.id = id;
  rule.is_enabled = true;
  return rule;
}

Rule expiring(const std::string& id, std::int32_t days) {
  Rule rule = enabled(id);
  rule.expiration = Expiration{{days, {}}, {}};
  return rule;
}

Rule moving(std::int32_t days, const std::string& storage_class) {
  Rule rule = enabled("move");
  rule.transitions = {{{days, {}}, storage_class}};
  return rule;
}

Rule removing_noncurrent(std::int32_t days, std::optional<std::int32_t> newer) {
  Rule rule = enabled("noncurrent");
  rule.noncurrent_expiration = NoncurrentExpiration{days, newer};
  return rule;
}

Due due_of(std::vector<Rule> rules, const Subject& subject, time::Timestamp now) {
  Configuration configuration;
  configuration.rules = std::move(rules);
  return find_due(configuration, subject, now, kSecond);
}

Subject latest() {
  Subject subject;
  subject.key = "logs/a";
  subject.size_bytes = kLargeBytes;
  return subject;
}

Subject noncurrent(std::size_t newer) {
  Subject subject = latest();
  subject.is_latest = false;
  subject.newer_noncurrent_versions = newer;
  return subject;
}

TEST(DueTime, TrueDaysAreRoundedUpToMidnight) {
  EXPECT_EQ(due_time(at("2014-01-15T10:30:00Z"), 3, Day{}), at("2014-01-19T00:00:00Z"));
  EXPECT_EQ(due_time(at("2014-01-15T00:00:00Z"), 3, Day{}), at("2014-01-18T00:00:00Z"));
  EXPECT_EQ(due_time(at("2014-01-15T10:30:00Z"), 0, Day{}), at("2014-01-16T00:00:00Z"));
}

TEST(DueTime, ShorterDaysAreNotRounded) { EXPECT_EQ(due_time(after(7), 3, kSecond), after(10)); }

TEST(DueTime, TheMostDaysDoNotOverflow) {
  for (const Day day : {Day{}, Day{hours(24 * 36'525)}}) {
    EXPECT_EQ(due_time(at("2026-01-01T00:00:00Z"), 2147483647, day), at("9999-12-31T00:00:00Z"));
  }
}

TEST(FindDue, AnObjectExpiresWhenItsDaysArePast) {
  EXPECT_TRUE(due_of({expiring("r", 10)}, latest(), after(9)).nothing());
  EXPECT_EQ(due_of({expiring("r", 10)}, latest(), after(10)).removal, Removal::kExpire);
}

TEST(FindDue, AnObjectExpiresOnItsDate) {
  Rule rule = enabled("r");
  rule.expiration = Expiration{{{}, after(86400)}, {}};
  EXPECT_TRUE(due_of({rule}, latest(), after(86399)).nothing());
  EXPECT_EQ(due_of({rule}, latest(), after(86400)).removal, Removal::kExpire);
}

TEST(FindDue, DisabledRulesDoNothing) {
  Rule rule = expiring("r", 1);
  rule.is_enabled = false;
  EXPECT_TRUE(due_of({rule}, latest(), after(100)).nothing());
}

TEST(FindDue, EveryPredicateOfAFilterHasToHold) {
  Rule rule = expiring("r", 1);
  rule.filter.prefix = "logs/";
  rule.filter.size_greater_than_bytes = 999'999;
  rule.filter.size_less_than_bytes = 1'000'001;
  rule.filter.tags = {{"k", "v"}};
  const std::vector<model::NamedValue> tags = {{"l", "w"}, {"k", "v"}};
  Subject subject = latest();
  subject.tags = &tags;
  EXPECT_FALSE(due_of({rule}, subject, after(1)).nothing());
  subject.size_bytes = 999'999;
  EXPECT_TRUE(due_of({rule}, subject, after(1)).nothing());
  subject.size_bytes = 1'000'001;
  EXPECT_TRUE(due_of({rule}, subject, after(1)).nothing());
  subject = latest();
  subject.tags = &tags;
  subject.key = "log";
  EXPECT_TRUE(due_of({rule}, subject, after(1)).nothing());
  const std::vector<model::NamedValue> other = {{"k", "x"}};
  subject = latest();
  subject.tags = &other;
  EXPECT_TRUE(due_of({rule}, subject, after(1)).nothing());
}

TEST(FindDue, UnknownTagsAreTakenToFit) {
  Rule rule = expiring("r", 1);
  rule.filter.tags = {{"k", "v"}};
  EXPECT_FALSE(due_of({rule}, latest(), after(1)).nothing());
}

TEST(FindDue, ADeleteMarkerGoesOnceItIsAlone) {
  Rule rule = enabled("r");
  rule.expiration = Expiration{{}, true};
  Subject marker = latest();
  marker.is_delete_marker = true;
  EXPECT_TRUE(due_of({rule}, marker, after(1)).nothing());
  marker.is_alone = true;
  EXPECT_EQ(due_of({rule}, marker, after(1)).removal, Removal::kRemove);
  rule.expiration->expired_delete_marker = false;
  EXPECT_TRUE(due_of({rule}, marker, after(1)).nothing());
}

TEST(FindDue, AnOldLonelyDeleteMarkerGoesByDaysToo) {
  Subject marker = latest();
  marker.is_delete_marker = true;
  marker.is_alone = true;
  EXPECT_TRUE(due_of({expiring("r", 5)}, marker, after(4)).nothing());
  EXPECT_EQ(due_of({expiring("r", 5)}, marker, after(5)).removal, Removal::kRemove);
  marker.is_alone = false;
  EXPECT_TRUE(due_of({expiring("r", 5)}, marker, after(5)).nothing());
}

TEST(FindDue, NoncurrentVersionsCountFromWhenTheyWereReplaced) {
  Subject subject = noncurrent(0);
  subject.noncurrent_since = after(100);
  EXPECT_TRUE(due_of({removing_noncurrent(5, {})}, subject, after(104)).nothing());
  EXPECT_EQ(due_of({removing_noncurrent(5, {})}, subject, after(105)).removal, Removal::kRemove);
  EXPECT_TRUE(due_of({expiring("r", 1)}, subject, after(105)).nothing());
}

TEST(FindDue, TheNewestNoncurrentVersionsAreKept) {
  EXPECT_TRUE(due_of({removing_noncurrent(1, 2)}, noncurrent(1), after(9)).nothing());
  EXPECT_EQ(due_of({removing_noncurrent(1, 2)}, noncurrent(2), after(9)).removal, Removal::kRemove);
}

TEST(FindDue, AnObjectMovesToTheColdestClassThatIsDue) {
  const std::vector<Rule> rules = {moving(1, "STANDARD_IA"), moving(2, "DEEP_ARCHIVE"),
                                   moving(2, "GLACIER")};
  EXPECT_EQ(due_of(rules, latest(), after(1)).storage_class, "STANDARD_IA");
  EXPECT_EQ(due_of(rules, latest(), after(2)).storage_class, "DEEP_ARCHIVE");
  Subject archived = latest();
  archived.storage_class = "DEEP_ARCHIVE";
  EXPECT_TRUE(due_of(rules, archived, after(2)).nothing());
}

TEST(FindDue, SmallObjectsStayUnlessAFilterSpeaksOfSizes) {
  Subject small = latest();
  small.size_bytes = 131071;
  EXPECT_TRUE(due_of({moving(1, "GLACIER")}, small, after(1)).nothing());
  Rule rule = moving(1, "GLACIER");
  rule.filter.size_greater_than_bytes = 10;
  EXPECT_EQ(due_of({rule}, small, after(1)).storage_class, "GLACIER");
  Configuration configuration;
  configuration.rules = {moving(1, "GLACIER")};
  configuration.minimum_transition_size = MinimumTransitionSize::kVariesByClass;
  EXPECT_EQ(find_due(configuration, small, after(1), kSecond).storage_class, "GLACIER");
}

TEST(FindDue, NoncurrentVersionsHaveTransitionsOfTheirOwn) {
  Rule rule = enabled("r");
  rule.noncurrent_transitions = {{3, 1, "GLACIER"}};
  EXPECT_TRUE(due_of({rule}, noncurrent(0), after(3)).nothing());
  EXPECT_EQ(due_of({rule}, noncurrent(1), after(3)).storage_class, "GLACIER");
  EXPECT_TRUE(due_of({rule}, latest(), after(3)).nothing());
  Subject marker = noncurrent(1);
  marker.is_delete_marker = true;
  EXPECT_TRUE(due_of({rule}, marker, after(3)).nothing());
}

TEST(FindDue, RemovalForGoodComesBeforeTransition) {
  Rule rule = removing_noncurrent(1, {});
  rule.noncurrent_transitions = {{1, {}, "GLACIER"}};
  EXPECT_EQ(due_of({rule}, noncurrent(0), after(1)), (Due{Removal::kRemove, ""}));
}

TEST(FindDue, TransitionComesBeforeADeleteMarker) {
  EXPECT_EQ(due_of({expiring("r", 1), moving(1, "GLACIER")}, latest(), after(1)),
            (Due{Removal::kExpire, "GLACIER"}));
}

TEST(NextExpiration, TheEarliestRuleIsAnnounced) {
  Configuration configuration;
  configuration.rules = {expiring("late", 9), expiring("early", 3), expiring("same", 3)};
  EXPECT_EQ(next_expiration(configuration, latest(), kSecond), (Announcement{after(3), "early"}));
  configuration.rules = {moving(1, "GLACIER")};
  EXPECT_EQ(next_expiration(configuration, latest(), kSecond), std::nullopt);
}

TEST(NextExpiration, ARuleAboutDeleteMarkersAnnouncesNothing) {
  Configuration configuration;
  configuration.rules = {enabled("r")};
  configuration.rules[0].expiration = Expiration{{}, true};
  EXPECT_EQ(next_expiration(configuration, latest(), kSecond), std::nullopt);
}

TEST(NextAbort, TheEarliestRuleWithThePrefixIsAnnounced) {
  Configuration configuration;
  configuration.rules = {enabled("a"), enabled("b"), enabled("c")};
  configuration.rules[0].abort_upload_after_days = 9;
  configuration.rules[1].abort_upload_after_days = 1;
  configuration.rules[1].filter.prefix = "other/";
  configuration.rules[2].abort_upload_after_days = 7;
  EXPECT_EQ(next_abort(configuration, "logs/a", at("2025-08-11T10:00:00Z"), Day{}),
            (Announcement{at("2025-08-19T00:00:00Z"), "c"}));
  EXPECT_EQ(next_abort({}, "logs/a", after(0), Day{}), std::nullopt);
}

}  // namespace
}  // namespace pail::lifecycle
