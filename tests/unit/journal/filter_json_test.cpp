#include "journal/filter_json.h"

#include <gtest/gtest.h>

namespace pail::journal {
namespace {

std::string complaint(std::string_view text) {
  const auto filter = parse_filter(text);
  return filter ? "none" : filter.error();
}

TEST(FilterJson, ReadsEveryCondition) {
  const std::string text =
      R"({"operation":"Put*","bucket":"photos","key":"a/*","status":"4xx","error_code":"*",)"
      R"("access_key_id":"AKID","user_agent":"boto","fault":"slow","method":"PUT",)"
      R"("request_id":"R","upload_id":"U","min_attempt":2,"since":"2026-11-24T16:00:00.000Z",)"
      R"("after_sequence":9})";
  const auto filter = parse_filter(text);
  ASSERT_TRUE(filter) << filter.error();
  EXPECT_EQ(filter->status, (StatusRange{400, 499}));
  EXPECT_EQ(filter->min_attempt, 2U);
  EXPECT_EQ(filter->after_sequence, 9U);
  EXPECT_EQ(filter_json(*filter).dump(), text);
}

TEST(FilterJson, AStatusMayBeANumber) {
  const auto filter = parse_filter(R"({"status":404})");
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter->status, (StatusRange{404, 404}));
  EXPECT_EQ(filter_json(*filter).dump(), R"({"status":"404"})");
}

TEST(FilterJson, AnEmptyObjectIsNoCondition) {
  const auto filter = parse_filter("{}");
  ASSERT_TRUE(filter);
  EXPECT_EQ(*filter, Filter{});
  EXPECT_EQ(filter_json(*filter).dump(), "{}");
}

TEST(FilterJson, WhatIsNoObjectIsRefused) {
  EXPECT_EQ(complaint("{"), "the filter is no JSON");
  EXPECT_EQ(complaint("[]"), "a filter must be a JSON object");
  EXPECT_EQ(complaint("null"), "a filter must be a JSON object");
  EXPECT_EQ(complaint(std::string(70'000, ' ') + "{}"), "the filter is too long");
  EXPECT_NE(complaint(std::string(5'000, '[')), "none");
}

TEST(FilterJson, ComplaintsNameTheMember) {
  EXPECT_EQ(complaint(R"({"bucket":5})"), "'bucket' must be a string");
  EXPECT_EQ(complaint(R"({"bucket":null})"), "'bucket' must be a string");
  EXPECT_EQ(complaint(R"({"min_attempt":"2"})"), "'min_attempt' must be a whole number");
  EXPECT_EQ(complaint(R"({"min_attempt":-2})"), "'min_attempt' must be a whole number");
  EXPECT_EQ(complaint(R"({"after_sequence":1.5})"), "'after_sequence' must be a whole number");
  EXPECT_EQ(complaint(R"({"bucket":"a","bucket":"b"})"), "'bucket' is given twice");
  EXPECT_EQ(complaint(R"({"status":99})"),
            "'status' must be a status such as 404 or a class such as 4xx");
  EXPECT_EQ(complaint(R"({"opration":true})").find("'opration' is no condition"), 0U);
  EXPECT_EQ(complaint(R"({"opration":{}})").find("'opration' is no condition"), 0U);
}

}  // namespace
}  // namespace pail::journal
