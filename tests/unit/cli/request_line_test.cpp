#include "cli/request_line.h"

#include <algorithm>
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RequestRecord record() {
  RequestRecord record;
  record.received =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::milliseconds(1234);
  record.duration = std::chrono::microseconds(1520);
  record.request_id = "4442587FB7D0A2F9";
  record.remote_address = "127.0.0.1:5000";
  record.method = "PUT";
  record.operation = "PutObject";
  record.bucket = "photos";
  record.key = "user/42/a.png";
  record.access_key_id = "id";
  record.status = 200;
  record.request_body_bytes = 12'345;
  record.response_body_bytes = 7;
  return record;
}

RequestRecord record_with_key(std::string key) {
  RequestRecord with_key = record();
  with_key.key = std::move(key);
  return with_key;
}

TEST(HumanLine, SaysWhatHappenedWhere) {
  const std::string line = human_line(record(), false);
  EXPECT_THAT(line, HasSubstr("01.234  200  PutObject  photos/user/42/a.png  12.3 KB in  7 B out  "
                              "1.5 ms  4442587FB7D0A2F9"));
}

TEST(HumanLine, AFailureEndsWithItsCodeAndHint) {
  RequestRecord failed = record();
  failed.status = 403;
  failed.error_code = "SignatureDoesNotMatch";
  failed.hint = "the client signed for s3:9000";
  EXPECT_THAT(human_line(failed, false),
              HasSubstr("4442587FB7D0A2F9  SignatureDoesNotMatch  hint: the client signed for "
                        "s3:9000"));
}

TEST(HumanLine, BytesThatNeverBecameARequestHaveALineToo) {
  RequestRecord refused;
  refused.status = 400;
  EXPECT_THAT(human_line(refused, false), HasSubstr("  400  -  -  0 B in  0 B out"));
}

TEST(HumanLine, ColoursOnlyWhenTheyAreWanted) {
  EXPECT_THAT(human_line(record(), false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(human_line(record(), true), HasSubstr("\x1b[32m200\x1b[0m"));
}

TEST(HumanLine, AKeyCanNeitherBreakTheLineNorSpeakToTheTerminal) {
  const std::string line = human_line(record_with_key("a\nb\x1b[31m\x7f\xC2\x9B"
                                                      "c"),
                                      true);
  EXPECT_THAT(line, HasSubstr("photos/a\\x0Ab\\x1B[31m\\x7F?c"));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
}

TEST(HumanLine, KeysInOtherScriptsStayReadable) {
  EXPECT_THAT(human_line(record_with_key("größe/🪣"), false), HasSubstr("photos/größe/🪣"));
}

TEST(HumanLine, BytesThatAreNotUtf8AreWrittenInHex) {
  EXPECT_THAT(human_line(record_with_key("\xFF\xFE"), false), HasSubstr("photos/\\xFF\\xFE"));
}

TEST(JsonLine, HoldsTheWholeRecord) {
  EXPECT_EQ(json_line(record()),
            R"({"time":"2026-11-24T00:00:01.234Z","request_id":"4442587FB7D0A2F9",)"
            R"("remote_address":"127.0.0.1:5000","method":"PUT","operation":"PutObject",)"
            R"("bucket":"photos","key":"user/42/a.png","access_key_id":"id","status":200,)"
            R"("request_body_bytes":12345,"response_body_bytes":7,"duration_us":1520})");
}

TEST(JsonLine, MembersWithoutAValueAreLeftOut) {
  RequestRecord refused;
  refused.status = 400;
  refused.error_code = "BadRequest";
  EXPECT_EQ(json_line(refused), R"({"time":"1970-01-01T00:00:00.000Z","status":400,)"
                                R"("error_code":"BadRequest","request_body_bytes":0,)"
                                R"("response_body_bytes":0,"duration_us":0})");
}

TEST(JsonLine, EveryKeyIsOneLineOfJson) {
  EXPECT_THAT(json_line(record_with_key("a\n\"\\\x01")), HasSubstr(R"("key":"a\n\"\\\u0001")"));
  EXPECT_THAT(json_line(record_with_key("\xFF")), HasSubstr("\"key\":\"\xEF\xBF\xBD\""));
}

}  // namespace
}  // namespace pail::cli
