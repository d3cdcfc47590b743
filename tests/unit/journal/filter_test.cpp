#include "journal/filter.h"

#include <gtest/gtest.h>

#include "time/date.h"
#include "unit/journal/records.h"

namespace pail::journal {
namespace {

Filter where(std::string_view name, std::string_view value) {
  Filter filter;
  const auto set = set_condition(filter, name, value);
  EXPECT_TRUE(set) << name << "=" << value << ": " << set.error();
  return filter;
}

std::string complaint(std::string_view name, std::string_view value) {
  Filter filter;
  const auto set = set_condition(filter, name, value);
  return set ? "none" : set.error();
}

EntryPtr refused() {
  auto record = test::request_record("PutObject", "photos", "user/42/avatar.png");
  record.status = 403;
  record.error_code = "AccessDenied";
  record.user_agent = "Boto3/1.44.8 md/Botocore#1.44.8";
  record.attempt = 2;
  record.upload_id = "UPLOAD";
  return test::entry_of(record, 7);
}

bool finds(std::string_view name, std::string_view value) {
  return matches(where(name, value), *refused());
}

TEST(Filter, WithoutConditionsMatchesAll) { EXPECT_TRUE(matches({}, *refused())); }

TEST(Filter, KeyIsAPatternOfTheWholeKey) {
  EXPECT_TRUE(finds("key", "user/*.png"));
  EXPECT_TRUE(finds("key", "user/?2/avatar.png"));
  EXPECT_FALSE(finds("key", "avatar.png"));
  EXPECT_FALSE(finds("key", "user/*/"));
}

TEST(Filter, OperationAndBucketArePatterns) {
  EXPECT_TRUE(finds("operation", "Put*"));
  EXPECT_FALSE(finds("operation", "Get*"));
  EXPECT_TRUE(finds("bucket", "photos"));
  EXPECT_FALSE(finds("bucket", "photo"));
}

TEST(Filter, StatusIsOneOrAClass) {
  EXPECT_TRUE(finds("status", "403"));
  EXPECT_FALSE(finds("status", "404"));
  EXPECT_TRUE(finds("status", "4xx"));
  EXPECT_TRUE(finds("status", "4XX"));
  EXPECT_FALSE(finds("status", "5xx"));
}

TEST(Filter, AStarAsksForAValue) {
  EXPECT_TRUE(finds("error_code", "*"));
  EXPECT_FALSE(finds("fault", "*"));
}

TEST(Filter, UserAgentIsAPartWhateverItsCase) {
  EXPECT_TRUE(finds("user_agent", "boto3/1.44"));
  EXPECT_FALSE(finds("user_agent", "aws-cli"));
}

TEST(Filter, MethodHasNoCase) {
  EXPECT_TRUE(finds("method", "put"));
  EXPECT_FALSE(finds("method", "PUTS"));
}

TEST(Filter, RetriesAreFoundByTheirAttempt) {
  EXPECT_TRUE(finds("min_attempt", "2"));
  EXPECT_FALSE(finds("min_attempt", "3"));
}

TEST(Filter, AfterSequenceLeavesOutTheEntryItself) {
  EXPECT_TRUE(finds("after_sequence", "6"));
  EXPECT_FALSE(finds("after_sequence", "7"));
}

TEST(Filter, SinceIncludesTheMoment) {
  EXPECT_TRUE(finds("since", "2026-11-24T16:00:00Z"));
  EXPECT_FALSE(finds("since", "2026-11-24T16:00:00.001Z"));
}

TEST(Filter, OtherTextsArePatternsToo) {
  EXPECT_TRUE(finds("access_key_id", "AK*"));
  EXPECT_FALSE(finds("access_key_id", "AX*"));
  EXPECT_TRUE(finds("request_id", "REQUEST1"));
  EXPECT_FALSE(finds("request_id", "REQUEST2"));
  EXPECT_TRUE(finds("upload_id", "UPLOAD"));
  EXPECT_FALSE(finds("upload_id", "OTHER"));
}

TEST(Filter, AllConditionsHaveToHold) {
  Filter filter = where("bucket", "photos");
  ASSERT_TRUE(set_condition(filter, "status", "404"));
  EXPECT_FALSE(matches(filter, *refused()));
}

TEST(Filter, ComplaintsNameTheCondition) {
  EXPECT_EQ(complaint("status", "40"),
            "'status' must be a status such as 404 or a class such as 4xx");
  EXPECT_EQ(complaint("status", "999"), complaint("status", "40"));
  EXPECT_EQ(complaint("status", "4x4"), complaint("status", "40"));
  EXPECT_EQ(complaint("since", "yesterday"), "'since' must be a time such as 2026-11-24T16:00:00Z");
  EXPECT_EQ(complaint("min_attempt", "-1"), "'min_attempt' must be a whole number");
  EXPECT_EQ(complaint("min_attempt", "4294967296"), "'min_attempt' must be a whole number");
  EXPECT_EQ(complaint("after_sequence", "x"), "'after_sequence' must be a whole number");
  EXPECT_EQ(complaint("bucket", ""), "'bucket' must be no empty text");
  EXPECT_EQ(complaint("key", std::string(5000, 'k')), "'key' must be shorter than 4 KiB");
}

TEST(Filter, AnUnknownConditionIsToldWhatThereIs) {
  const std::string text = complaint("opration", "PutObject");
  EXPECT_EQ(text.find("'opration' is no condition; there are operation, bucket"), 0U) << text;
}

}  // namespace
}  // namespace pail::journal
