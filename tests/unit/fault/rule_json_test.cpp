#include "fault/rule_json.h"

#include <array>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace pail::fault {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 4> kOperations = {"GetObject", "PutObject", "CopyObject",
                                                         "ListObjectsV2"};

/// What reading the text comes to: the sentence of a refusal, or the rules written again.
std::string reading(std::string_view text) {
  const auto rules = read_rules(text, kOperations);
  if (!rules) return rules.error();
  std::string written;
  for (const Rule& rule : *rules) written += rule_to_json(rule).dump();
  return written;
}

Rule read_one(std::string_view text) {
  const auto rules = read_rules(text, kOperations);
  if (!rules) throw std::runtime_error(rules.error());
  return rules->front();
}

TEST(RuleJson, ReadsWhatPeopleWriteFirst) {
  const Rule rule = read_one(
      R"({"operation":"PutObject","bucket":"photos","key":"a/*","nth":2,"error":"SlowDown","retry_after_s":1})");
  EXPECT_EQ(rule.match.operations, std::vector<std::string>{"PutObject"});
  EXPECT_EQ(rule.match.bucket, "photos");
  EXPECT_EQ(rule.match.key, "a/*");
  EXPECT_EQ(rule.trigger.nth, 2U);
  ASSERT_TRUE(rule.effect.error.has_value());
  EXPECT_EQ(rule.effect.error->code, S3ErrorCode::SlowDown);
  EXPECT_EQ(rule.effect.retry_after_s, 1U);
}

TEST(RuleJson, ReadsEveryConditionOfMatchAndTrigger) {
  const Rule rule = read_one(R"({
    "id": "a-1", "name": "the slow one", "operation": ["Get*", "PutObject"],
    "method": ["GET", "PUT"], "bucket": "b?", "key": "*", "part_number": 7,
    "user_agent": "Boto3", "nth": 9, "after": 1, "every": 2, "count": 3, "probability": 0.25,
    "duration_s": 1.5, "until": "2026-11-24T16:00:00Z", "seed": 18446744073709551615,
    "latency_ms": 10})");
  EXPECT_EQ(rule.id, "a-1");
  EXPECT_EQ(rule.name, "the slow one");
  EXPECT_EQ(rule.match.operations, (std::vector<std::string>{"Get*", "PutObject"}));
  EXPECT_EQ(rule.match.methods, (std::vector<std::string>{"GET", "PUT"}));
  EXPECT_EQ(rule.match.part_number, 7);
  EXPECT_EQ(rule.match.user_agent, "Boto3");
  EXPECT_EQ(rule.trigger.nth, 9U);
  EXPECT_EQ(rule.trigger.after, 1U);
  EXPECT_EQ(rule.trigger.every, 2U);
  EXPECT_EQ(rule.trigger.count, 3U);
  EXPECT_EQ(rule.trigger.probability, 0.25);
  EXPECT_EQ(rule.trigger.duration, 1500ms);
  EXPECT_EQ(rule.trigger.until, time::Timestamp(1795536000s));
  EXPECT_EQ(rule.seed, UINT64_MAX);
}

TEST(RuleJson, WrittenRuleIsReadToTheSameRule) {
  for (
      const std::string_view text :
      {R"({"id":"x","name":"n","operation":"Get*","method":["GET","HEAD"],"bucket":"b","key":"k","part_number":1,"user_agent":"u","nth":1,"after":0,"every":2,"count":3,"probability":0.5,"duration_s":2.5,"until":"2026-11-24T16:00:00.000Z","seed":9,"error":"SlowDown"})",
       R"([{"error":"SlowDown"},{"latency_ms":1}])"}) {
    const auto rules = read_rules(text, kOperations);
    ASSERT_TRUE(rules.has_value()) << rules.error();
    for (const Rule& rule : *rules) {
      const auto again = read_rules(rule_to_json(rule).dump(), kOperations);
      ASSERT_TRUE(again.has_value()) << again.error();
      EXPECT_EQ(again->front(), rule);
    }
  }
}

TEST(RuleJson, WritesOnlyWhatIsSet) {
  EXPECT_EQ(reading(R"({"error":"SlowDown"})"), R"({"error":"SlowDown"})");
}

TEST(RuleJson, ReportCarriesTheCounts) {
  RuleReport report;
  report.rule = read_one(R"({"id":"x","error":"SlowDown"})");
  report.matched = 5;
  report.fired = 2;
  EXPECT_EQ(report_to_json(report).dump(),
            R"({"id":"x","error":"SlowDown","matched":5,"fired":2})");
}

TEST(RuleJson, UnknownFieldIsRefusedWithAGuess) {
  EXPECT_TRUE(
      reading(R"({"operaton":"GetObject","error":"SlowDown"})")
          .starts_with("unknown field 'operaton'; did you mean 'operation'? A rule can have "
                       "'id', 'name', 'operation',"));
  EXPECT_TRUE(
      reading(R"({"colour":"blue"})").starts_with("unknown field 'colour'. A rule can have"));
}

TEST(RuleJson, UnknownOperationIsRefusedWithAGuess) {
  EXPECT_EQ(reading(R"({"operation":"GetObjekt","error":"SlowDown"})"),
            "'operation': there is no operation 'GetObjekt'; did you mean 'GetObject'?");
  EXPECT_EQ(reading(R"({"operation":"Get*Things","error":"SlowDown"})"),
            "'operation': there is no operation 'Get*Things'; names are those of S3, like "
            "'PutObject'");
}

TEST(RuleJson, WrongValuesAreRefusedByName) {
  EXPECT_EQ(reading(R"({"nth":0,"error":"SlowDown"})"),
            "'nth' must be a whole number from 1 to 1125899906842624");
  EXPECT_EQ(reading(R"({"nth":"2","error":"SlowDown"})"),
            "'nth' must be a whole number from 1 to 1125899906842624");
  EXPECT_EQ(reading(R"({"part_number":10001,"error":"SlowDown"})"),
            "'part_number' must be a whole number from 1 to 10000");
  EXPECT_EQ(reading(R"({"probability":1.5,"error":"SlowDown"})"),
            "'probability' must be a number from 0 to 1");
  EXPECT_EQ(reading(R"({"until":"tomorrow","error":"SlowDown"})"),
            "'until' must be a time like '2026-11-24T16:00:00Z'");
  EXPECT_EQ(reading(R"({"method":"get","error":"SlowDown"})"),
            "'method' must be 'GET', 'HEAD', 'PUT', 'POST', 'DELETE' or 'OPTIONS', not 'get'");
  EXPECT_EQ(reading(R"({"key":"","error":"SlowDown"})"), "'key' must be a text of 1 to 1024 bytes");
  EXPECT_EQ(reading(R"({"id":"a b","error":"SlowDown"})"),
            "'id' can have letters, digits, '-', '_' and '.' only");
  EXPECT_EQ(reading(R"({"duration_s":-1,"error":"SlowDown"})"),
            "'duration_s' must be a number from 0 to 315360000");
}

TEST(RuleJson, ErrorIn200IsForLongOperationsOnly) {
  EXPECT_EQ(reading(R"({"operation":"PutObject","error_in_200":"InternalError"})"),
            "'error_in_200' is for 'operation' 'CopyObject', 'UploadPartCopy' or "
            "'CompleteMultipartUpload'");
  EXPECT_EQ(read_one(R"({"error_in_200":"InternalError"})").match.operations,
            (std::vector<std::string>{"CopyObject", "UploadPartCopy", "CompleteMultipartUpload"}));
}

TEST(RuleJson, OfAListTheSentenceSaysWhichRuleIsWrong) {
  EXPECT_EQ(reading(R"([{"error":"SlowDown"},{"every":0}])"),
            "rule 2: 'every' must be a whole number from 1 to 1125899906842624");
  EXPECT_EQ(reading("[7]"), "rule 1: a fault rule must be a JSON object");
  EXPECT_EQ(reading("[]"), "");
}

TEST(RuleJson, WhatIsNoJsonIsRefused) {
  EXPECT_EQ(reading("{"), "the fault rules are not valid JSON");
  EXPECT_EQ(reading(""), "the fault rules are not valid JSON");
  EXPECT_EQ(reading(std::string(100'000, '[')), "the fault rules are not valid JSON");
  EXPECT_EQ(reading("7"), "a fault rule must be a JSON object");
  EXPECT_EQ(reading(std::string(1024 * 1024 + 1, ' ')), "the fault rules are longer than 1 MiB");
}

}  // namespace
}  // namespace pail::fault
