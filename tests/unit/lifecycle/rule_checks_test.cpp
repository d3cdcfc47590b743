#include "lifecycle/rule_checks.h"

#include <string>

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::lifecycle {
namespace {

Rule expiring(std::int32_t days) {
  Rule rule;
  rule.is_enabled = true;
  rule.expiration = Expiration{{days, {}}, {}};
  return rule;
}

Rule with_prefix(const std::string& prefix) {
  Rule rule = expiring(1);
  rule.filter.form = Filter::Form::kRulePrefix;
  rule.filter.prefix = prefix;
  return rule;
}

/// "Code: message", "" if the rules are fine.
std::string failure(const std::vector<Rule>& rules) {
  const auto checked = check_rules(rules);
  if (checked) return "";
  return std::string(error_name(checked.error().code)) + ": " + checked.error().message;
}

TEST(CheckRules, ARuleThatExpiresObjectsIsFine) { EXPECT_EQ(failure({expiring(1)}), ""); }

TEST(CheckRules, ThereAreOneToAThousandRules) {
  EXPECT_EQ(failure({}).substr(0, 13), "MalformedXML:");
  EXPECT_EQ(failure(std::vector<Rule>(1000, expiring(1))), "");
  EXPECT_EQ(failure(std::vector<Rule>(1001, expiring(1))),
            "InvalidRequest: The number of lifecycle rules must not exceed the allowed limit of "
            "1000 rules.");
}

TEST(CheckRules, IdsAreShortAndUnique) {
  Rule rule = expiring(1);
  rule.id = std::string(255, 'a');
  EXPECT_EQ(failure({rule}), "");
  EXPECT_EQ(failure({rule, rule}),
            "InvalidArgument: Rule ID must be unique. Found same ID for more than one rule");
  rule.id += 'a';
  EXPECT_EQ(failure({rule}), "InvalidArgument: ID length should not exceed allowed limit of 255");
  EXPECT_EQ(failure({expiring(1), expiring(2)}), "") << "two that get their IDs from the server";
}

TEST(CheckRules, BothFormsInOneDocumentAreRefused) {
  EXPECT_EQ(failure({with_prefix("a"), expiring(1)}),
            "InvalidRequest: Filter element can only be used in Lifecycle V2.");
  EXPECT_EQ(failure({expiring(1), with_prefix("a")}),
            "InvalidRequest: Base level prefix cannot be used in Lifecycle V2, prefixes are only "
            "supported in the Filter.");
}

TEST(CheckRules, PrefixesOfTheOlderFormMayNotOverlapForOneAction) {
  EXPECT_EQ(failure({with_prefix("test1/"), with_prefix("test2/")}), "");
  EXPECT_EQ(failure({with_prefix("a"), with_prefix("a")}),
            "InvalidRequest: Found two rules with same prefix 'a'");
  EXPECT_EQ(failure({with_prefix("foo/bar/buu"), with_prefix("foo/bar")}),
            "InvalidRequest: Found overlapping prefixes 'foo/bar' and 'foo/bar/buu' for same "
            "action type 'Expiration'");
  Rule aborting = with_prefix("a");
  aborting.expiration.reset();
  aborting.abort_upload_after_days = 1;
  EXPECT_EQ(failure({aborting, with_prefix("ab")}), "");
}

TEST(CheckRules, FiltersOfTheNewerFormMayOverlap) {
  EXPECT_EQ(failure({expiring(1), expiring(2)}), "");
}

TEST(CheckRules, ARuleHasAnAction) {
  Rule rule;
  EXPECT_EQ(failure({rule}), "InvalidRequest: At least one action needs to be specified in a rule");
}

TEST(CheckRules, TagsAreUniqueAndOfALength) {
  Rule rule = expiring(1);
  rule.filter.form = Filter::Form::kAnd;
  rule.filter.tags = {{"k", "1"}, {"k", "2"}};
  EXPECT_EQ(failure({rule}), "InvalidRequest: Duplicate Tag Keys are not allowed.");
  rule.filter.tags = {{"", "1"}};
  EXPECT_EQ(failure({rule}), "InvalidRequest: A Tag's Key must be a length between 1 and 128.");
  rule.filter.tags = {{"k", std::string(257, 'v')}};
  EXPECT_EQ(failure({rule}), "InvalidRequest: A Tag's Value must be a length between 0 and 256.");
}

TEST(CheckRules, SizesLieInAwsRange) {
  Rule rule = expiring(1);
  rule.filter.size_less_than_bytes = 0;
  EXPECT_EQ(failure({rule}),
            "InvalidRequest: 'ObjectSizeLessThan' should be between 1 and 1099511627776000.");
  rule.filter.size_less_than_bytes = 5;
  rule.filter.size_greater_than_bytes = -1;
  EXPECT_EQ(failure({rule}),
            "InvalidRequest: 'ObjectSizeGreaterThan' should be between 0 and 1099511627776000.");
  rule.filter.size_greater_than_bytes = 5;
  EXPECT_EQ(failure({rule}),
            "InvalidRequest: 'ObjectSizeLessThan' has to be a value greater than "
            "'ObjectSizeGreaterThan'.");
}

TEST(CheckRules, DaysOfExpirationsArePositive) {
  EXPECT_EQ(failure({expiring(0)}),
            "InvalidArgument: 'Days' for Expiration action must be a positive integer");
  Rule rule;
  rule.noncurrent_expiration = NoncurrentExpiration{0, {}};
  EXPECT_EQ(failure({rule}),
            "InvalidArgument: 'NoncurrentDays' for NoncurrentVersionExpiration action must be a "
            "positive integer");
  rule.noncurrent_expiration = NoncurrentExpiration{1, 0};
  EXPECT_EQ(failure({rule}),
            "InvalidArgument: 'NewerNoncurrentVersions' for NoncurrentVersionExpiration action "
            "must be a positive integer");
  rule = {};
  rule.abort_upload_after_days = 0;
  EXPECT_EQ(failure({rule}),
            "InvalidArgument: 'DaysAfterInitiation' for AbortIncompleteMultipartUpload action "
            "must be a positive integer");
}

TEST(CheckRules, TheErrorNamesTheArgument) {
  const auto checked = check_rules({expiring(-3)});
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().fields,
            (std::vector<S3Error::Field>{{"ArgumentName", "Days"}, {"ArgumentValue", "-3"}}));
}

TEST(CheckRules, DatesAreMidnight) {
  Rule rule = expiring(1);
  rule.expiration->when = {{}, time::parse_iso8601("2030-01-01T12:00:00Z")};
  EXPECT_EQ(failure({rule}), "InvalidArgument: 'Date' must be at midnight GMT");
}

TEST(CheckRules, DeleteMarkersAndUploadsHaveNeitherTagsNorSizes) {
  Rule marker;
  marker.expiration = Expiration{{}, false};
  marker.filter.tags = {{"k", "v"}};
  EXPECT_EQ(failure({marker}),
            "InvalidRequest: ExpiredObjectDeleteMarker cannot be specified with Tags.");
  Rule abort;
  abort.abort_upload_after_days = 1;
  abort.filter.size_less_than_bytes = 5;
  EXPECT_EQ(failure({abort}),
            "InvalidRequest: AbortIncompleteMultipartUpload cannot be specified with Object Size.");
}

TEST(CheckRules, NewerVersionsAreOfTheNewerForm) {
  Rule rule = with_prefix("a");
  rule.noncurrent_expiration = NoncurrentExpiration{1, 1};
  EXPECT_EQ(failure({rule}),
            "InvalidRequest: NewerNoncurrentVersions element can only be used in Lifecycle V2.");
}

}  // namespace
}  // namespace pail::lifecycle
