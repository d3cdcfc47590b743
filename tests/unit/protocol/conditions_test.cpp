#include "protocol/conditions.h"

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::protocol {
namespace {

constexpr const char* kModified = "Wed, 21 Oct 2015 07:28:00 GMT";
constexpr const char* kDayBefore = "Tue, 20 Oct 2015 07:28:00 GMT";
constexpr const char* kDayAfter = "Thu, 22 Oct 2015 07:28:00 GMT";
constexpr const char* kNow = "Fri, 23 Oct 2015 07:28:00 GMT";
constexpr const char* kFuture = "Sat, 24 Oct 2015 07:28:00 GMT";

http::HeaderMap headers(std::initializer_list<http::Header> fields) {
  http::HeaderMap map;
  for (const http::Header& field : fields) map.add(field.name, field.value);
  return map;
}

model::ObjectVersion object() {
  model::ObjectVersion version;
  version.key = "k";
  version.etag = "abc";
  version.last_modified = *time::parse_http_date(kModified);
  return version;
}

/// "ok", or the code and, if there is one, the condition that failed.
template <typename Checked>
std::string outcome(const Checked& checked) {
  if (checked) return "ok";
  std::string text(error_name(checked.error().code));
  for (const S3Error::Field& field : checked.error().fields) text += ' ' + field.value;
  return text;
}

std::string read(std::initializer_list<http::Header> fields) {
  return outcome(check_read_conditions(parse_read_conditions(headers(fields)), object(),
                                       *time::parse_http_date(kNow)));
}

TEST(ReadConditions, NoneIsFine) { EXPECT_EQ(read({}), "ok"); }

TEST(ReadConditions, IfMatchMustNameTheEtag) {
  EXPECT_EQ(read({{"If-Match", "\"abc\""}}), "ok");
  EXPECT_EQ(read({{"If-Match", "abc"}}), "ok");
  EXPECT_EQ(read({{"If-Match", "*"}}), "ok");
  EXPECT_EQ(read({{"If-Match", "\"x\", \"abc\""}}), "ok");
  EXPECT_EQ(read({{"If-Match", "\"x\""}}), "PreconditionFailed If-Match");
}

TEST(ReadConditions, IfNoneMatchIsNotModified) {
  EXPECT_EQ(read({{"If-None-Match", "\"abc\""}}), "NotModified");
  EXPECT_EQ(read({{"If-None-Match", "abc"}}), "NotModified");
  EXPECT_EQ(read({{"If-None-Match", "W/\"abc\""}}), "NotModified");
  EXPECT_EQ(read({{"If-None-Match", "*"}}), "NotModified");
  EXPECT_EQ(read({{"If-None-Match", "\"x\""}}), "ok");
}

TEST(ReadConditions, ConditionsSpreadOverSeveralFieldsAreOneList) {
  EXPECT_EQ(read({{"If-None-Match", "\"x\""}, {"If-None-Match", "\"abc\""}}), "NotModified");
}

TEST(ReadConditions, IfModifiedSinceComparesWholeSeconds) {
  EXPECT_EQ(read({{"If-Modified-Since", kDayBefore}}), "ok");
  EXPECT_EQ(read({{"If-Modified-Since", kModified}}), "NotModified");
  EXPECT_EQ(read({{"If-Modified-Since", kDayAfter}}), "NotModified");
  model::ObjectVersion late = object();
  late.last_modified += std::chrono::milliseconds(999);
  EXPECT_EQ(outcome(check_read_conditions(
                parse_read_conditions(headers({{"If-Modified-Since", kModified}})), late,
                *time::parse_http_date(kNow))),
            "NotModified");
}

TEST(ReadConditions, IfModifiedSinceInTheFutureIsIgnored) {
  EXPECT_EQ(read({{"If-Modified-Since", kFuture}}), "ok");
}

TEST(ReadConditions, IfUnmodifiedSinceMustHold) {
  EXPECT_EQ(read({{"If-Unmodified-Since", kDayBefore}}), "PreconditionFailed If-Unmodified-Since");
  EXPECT_EQ(read({{"If-Unmodified-Since", kModified}}), "ok");
  EXPECT_EQ(read({{"If-Unmodified-Since", kFuture}}), "ok");
}

TEST(ReadConditions, UnreadableDatesAreIgnored) {
  EXPECT_EQ(read({{"If-Modified-Since", "yesterday"}}), "ok");
  EXPECT_EQ(read({{"If-Unmodified-Since", ""}}), "ok");
}

TEST(ReadConditions, IfMatchDecidesOverIfUnmodifiedSince) {
  EXPECT_EQ(read({{"If-Match", "abc"}, {"If-Unmodified-Since", kDayBefore}}), "ok");
}

TEST(ReadConditions, IfNoneMatchDecidesOverIfModifiedSince) {
  EXPECT_EQ(read({{"If-None-Match", "abc"}, {"If-Modified-Since", kDayBefore}}), "NotModified");
  EXPECT_EQ(read({{"If-None-Match", "x"}, {"If-Modified-Since", kDayAfter}}), "ok");
}

TEST(ReadConditions, FailedRequirementDecidesOverNotModified) {
  EXPECT_EQ(read({{"If-None-Match", "abc"}, {"If-Match", "x"}}), "PreconditionFailed If-Match");
}

TEST(ReadConditions, NotModifiedCarriesWhatCachesNeedAndNoChecksum) {
  model::ObjectVersion version = object();
  version.attributes.cache_control = "max-age=60";
  version.checksum = model::Checksum{checksum::Algorithm::kCrc32, {}, "AAAAAA=="};
  const auto checked =
      check_read_conditions(parse_read_conditions(headers({{"If-None-Match", "abc"}})), version,
                            *time::parse_http_date(kNow));
  ASSERT_FALSE(checked.has_value());
  const S3Error error = checked.error();
  EXPECT_EQ(error.status(), 304);
  const std::vector<S3Error::Field> expected = {
      {"ETag", "\"abc\""}, {"Last-Modified", kModified}, {"Cache-Control", "max-age=60"}};
  EXPECT_EQ(error.headers, expected);
}

std::string copy(std::initializer_list<http::Header> fields) {
  return outcome(check_copy_source_conditions(parse_copy_source_conditions(headers(fields)),
                                              object(), *time::parse_http_date(kNow)));
}

TEST(CopySourceConditions, EveryFailureIsPreconditionFailed) {
  EXPECT_EQ(copy({}), "ok");
  EXPECT_EQ(copy({{"x-amz-copy-source-if-match", "x"}}),
            "PreconditionFailed x-amz-copy-source-If-Match");
  EXPECT_EQ(copy({{"x-amz-copy-source-if-none-match", "abc"}}),
            "PreconditionFailed x-amz-copy-source-If-None-Match");
  EXPECT_EQ(copy({{"x-amz-copy-source-if-modified-since", kDayAfter}}),
            "PreconditionFailed x-amz-copy-source-If-Modified-Since");
  EXPECT_EQ(copy({{"x-amz-copy-source-if-unmodified-since", kDayBefore}}),
            "PreconditionFailed x-amz-copy-source-If-Unmodified-Since");
}

TEST(CopySourceConditions, HeadersOfTheDestinationAreOthers) {
  EXPECT_EQ(copy({{"If-Match", "x"}, {"If-None-Match", "*"}}), "ok");
}

std::string write(std::initializer_list<http::Header> fields, const model::ObjectVersion* current) {
  const auto conditions = parse_write_conditions(headers(fields));
  if (!conditions) return outcome(conditions);
  return outcome(check_write_conditions(*conditions, current, "k"));
}

TEST(WriteConditions, IfNoneMatchStarRefusesToReplace) {
  const model::ObjectVersion current = object();
  EXPECT_EQ(write({{"If-None-Match", "*"}}, nullptr), "ok");
  EXPECT_EQ(write({{"If-None-Match", "*"}}, &current), "PreconditionFailed If-None-Match");
}

TEST(WriteConditions, IfMatchMustNameTheCurrentObject) {
  const model::ObjectVersion current = object();
  EXPECT_EQ(write({{"If-Match", "\"abc\""}}, &current), "ok");
  EXPECT_EQ(write({{"If-Match", "abc"}}, &current), "ok");
  EXPECT_EQ(write({{"If-Match", "\"x\""}}, &current), "PreconditionFailed If-Match");
  EXPECT_EQ(write({{"If-Match", "\"abc\""}}, nullptr), "NoSuchKey k");
}

TEST(WriteConditions, ValuesThatAwsDoesNotTakeAreNotImplemented) {
  EXPECT_EQ(write({{"If-None-Match", "\"abc\""}}, nullptr),
            "NotImplemented If-None-Match We don't accept the provided value of If-None-Match "
            "header for this API");
  EXPECT_EQ(write({{"If-Match", "*"}}, nullptr),
            "NotImplemented If-Match We don't accept the provided value of If-Match header for "
            "this API");
  EXPECT_EQ(write({{"If-Match", "abc"}, {"If-None-Match", "*"}}, nullptr),
            "NotImplemented If-Match,If-None-Match Multiple conditional request headers present in "
            "the request");
}

TEST(WriteGuard, IsEmptyWithoutConditions) {
  EXPECT_FALSE(write_guard({}, "k"));
  EXPECT_FALSE(delete_guard(std::nullopt, "k"));
}

TEST(WriteGuard, RefusesWhereTheChangeIsMade) {
  const model::ObjectVersion current = object();
  const ObjectGuard guard = write_guard({.if_none_match = true, .if_match = {}}, "k");
  EXPECT_FALSE(guard(nullptr).has_value());
  const auto refusal = guard(&current);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->code, S3ErrorCode::PreconditionFailed);
}

TEST(DeleteCondition, StarWantsSomethingToBeThere) {
  const auto condition = parse_delete_condition(headers({{"If-Match", "*"}}));
  ASSERT_TRUE(condition.has_value());
  const ObjectGuard guard = delete_guard(*condition, "k");
  const model::ObjectVersion current = object();
  EXPECT_FALSE(guard(&current).has_value());
  const auto refusal = guard(nullptr);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->code, S3ErrorCode::NoSuchKey);
}

TEST(DeleteCondition, ThoseOfDirectoryBucketsAreNotImplemented) {
  EXPECT_EQ(outcome(parse_delete_condition(headers({{"x-amz-if-match-size", "3"}}))),
            "NotImplemented x-amz-if-match-size");
  EXPECT_EQ(outcome(parse_delete_condition(headers({{"x-amz-if-match-last-modified-time", kNow}}))),
            "NotImplemented x-amz-if-match-last-modified-time");
}

}  // namespace
}  // namespace pail::protocol
