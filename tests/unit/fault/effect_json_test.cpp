#include "fault/effect_json.h"

#include <gtest/gtest.h>

#include "fault/rule_json.h"

namespace pail::fault {
namespace {

using namespace std::chrono_literals;

Effect effect_of(std::string_view text) {
  const auto rules = read_rules(text, {});
  if (!rules) throw std::runtime_error(rules.error());
  return rules->front().effect;
}

std::string refusal_of(std::string_view text) {
  const auto rules = read_rules(text, {});
  return rules ? "accepted" : rules.error();
}

TEST(EffectJson, ErrorIsACodeOfTheCatalogue) {
  const Effect effect = effect_of(R"({"error":"ExpiredToken"})");
  EXPECT_EQ(effect.error->code, S3ErrorCode::ExpiredToken);
  EXPECT_FALSE(effect.error->status.has_value());
}

TEST(EffectJson, ErrorMayHaveAMessageAndAStatusOfItsOwn) {
  const Effect effect =
      effect_of(R"({"error":{"code":"SlowDown","message":"Not so fast","status":429}})");
  EXPECT_EQ(effect.error->code, S3ErrorCode::SlowDown);
  EXPECT_EQ(effect.error->message, "Not so fast");
  EXPECT_EQ(effect.error->status, 429);
}

TEST(EffectJson, UnknownErrorIsRefusedWithAGuess) {
  EXPECT_EQ(refusal_of(R"({"error":"NoSuchKay"})"),
            "'error': there is no error 'NoSuchKay'; did you mean 'NoSuchKey'?");
  EXPECT_TRUE(
      refusal_of(R"({"error":503})").starts_with("'error' must be the code of an S3 error"));
  EXPECT_TRUE(refusal_of(R"({"error":"NotModified"})").starts_with("'error'"));
  EXPECT_EQ(refusal_of(R"({"error":{"code":"SlowDown","status":200}})"),
            "'error.status' must be a whole number from 400 to 599");
  EXPECT_EQ(refusal_of(R"({"error":{"kode":"SlowDown"}})"),
            "unknown field 'kode' in 'error': it must be an object with 'code', 'message' or "
            "'status'");
  EXPECT_EQ(refusal_of(R"({"error":{}})"),
            "'error' lacks 'code': it must be an object with 'code', 'message' or 'status'");
}

TEST(EffectJson, LatencyIsFixedUniformOrLogNormal) {
  EXPECT_EQ(effect_of(R"({"latency_ms":12.5})").latency, Latency(12.5));
  EXPECT_EQ(effect_of(R"({"latency_ms":{"uniform":{"from":1,"to":2}}})").latency,
            Latency(UniformLatency{1, 2}));
  EXPECT_EQ(effect_of(R"({"latency_ms":{"log_normal":{"median":20,"sigma":0.5}}})").latency,
            Latency(LogNormalLatency{20, 0.5}));
  EXPECT_EQ(refusal_of(R"({"latency_ms":{"uniform":{"from":3,"to":2}}})"),
            "'latency_ms.uniform.to' must not be less than 'latency_ms.uniform.from'");
  EXPECT_EQ(refusal_of(R"({"latency_ms":-1})"), "'latency_ms' must be a number from 0 to 3600000");
  EXPECT_EQ(refusal_of(R"({"latency_ms":{"normal":{}}})"),
            "'latency_ms' must be a number of milliseconds, {\"uniform\": {\"from\": 10, \"to\": "
            "50}} or {\"log_normal\": {\"median\": 20, \"sigma\": 0.5}}");
}

TEST(EffectJson, BandwidthIsForBothWaysOrEach) {
  const Effect both = effect_of(R"({"bandwidth_bytes_per_s":1000})");
  EXPECT_EQ(both.upload.bytes_per_s, 1000U);
  EXPECT_EQ(both.answer.bytes_per_s, 1000U);
  const Effect one = effect_of(R"({"bandwidth_bytes_per_s":{"upload":5}})");
  EXPECT_EQ(one.upload.bytes_per_s, 5U);
  EXPECT_FALSE(one.answer.bytes_per_s.has_value());
  EXPECT_EQ(refusal_of(R"({"bandwidth_bytes_per_s":0})"),
            "'bandwidth_bytes_per_s' must be a whole number from 1 to 1125899906842624");
  EXPECT_TRUE(refusal_of(R"({"bandwidth_bytes_per_s":{}})").starts_with("the rule says nothing"));
}

TEST(EffectJson, StallIsOfTheAnswerUnlessItSaysOtherwise) {
  EXPECT_EQ(effect_of(R"({"stall":{"ms":50}})").answer.stall, (http::Stall{0, 50ms}));
  EXPECT_EQ(effect_of(R"({"stall":{"after_bytes":9,"ms":50,"of":"upload"}})").upload.stall,
            (http::Stall{9, 50ms}));
  EXPECT_EQ(refusal_of(R"({"stall":{"ms":50,"of":"both"}})"),
            "'stall.of' must be 'answer' or 'upload'");
  EXPECT_EQ(refusal_of(R"({"stall":50})"),
            "'stall' must be an object with 'ms', 'after_bytes' or 'of'");
}

TEST(EffectJson, ResetSaysWhere) {
  using Point = Reset::Point;
  EXPECT_EQ(effect_of(R"({"reset":"before_operation"})").reset,
            (Reset{Point::kBeforeOperation, 0}));
  EXPECT_EQ(effect_of(R"({"reset":"after_operation"})").reset, (Reset{Point::kAfterOperation, 0}));
  EXPECT_EQ(effect_of(R"({"reset":{"after_upload_bytes":5}})").reset,
            (Reset{Point::kDuringUpload, 5}));
  EXPECT_EQ(effect_of(R"({"reset":{"after_answer_bytes":6}})").reset,
            (Reset{Point::kDuringAnswer, 6}));
  EXPECT_EQ(refusal_of(R"({"reset":"sometimes"})"),
            "'reset' must be 'before_operation', 'after_operation', {\"after_upload_bytes\": n} or "
            "{\"after_answer_bytes\": n}");
  EXPECT_EQ(refusal_of(R"({"reset":{"after_upload_bytes":-5}})"),
            "'reset.after_upload_bytes' must be a whole number from 0 to 1125899906842624");
}

TEST(EffectJson, RateLimitHasABurstAtLeastOfItsRate) {
  EXPECT_EQ(effect_of(R"({"rate_limit":{"requests_per_s":10}})").rate_limit, (RateLimit{10, 10}));
  EXPECT_EQ(effect_of(R"({"rate_limit":{"requests_per_s":0.5}})").rate_limit, (RateLimit{0.5, 1}));
  EXPECT_EQ(effect_of(R"({"rate_limit":{"requests_per_s":1,"burst":5}})").rate_limit,
            (RateLimit{1, 5}));
  EXPECT_EQ(refusal_of(R"({"rate_limit":{"requests_per_s":0}})"),
            "'rate_limit.requests_per_s' must be a number from 0.001 to 1000000");
}

TEST(EffectJson, RedirectIsOneOfTwo) {
  EXPECT_EQ(effect_of(R"({"redirect":301})").redirect->status, 301);
  const Effect effect =
      effect_of(R"({"redirect":{"status":307,"endpoint":"localhost:1","region":"eu-west-1"}})");
  EXPECT_EQ(*effect.redirect, (Redirect{307, "localhost:1", "eu-west-1"}));
  EXPECT_EQ(refusal_of(R"({"redirect":302})"),
            "'redirect' must be 301 (PermanentRedirect) or 307 (TemporaryRedirect), or an object "
            "with 'status', 'endpoint' or 'region'");
}

TEST(EffectJson, ReadsTheSpoiledAnswers) {
  EXPECT_EQ(effect_of(R"({"truncate_after_bytes":100})").truncate_after_bytes, 100U);
  EXPECT_EQ(effect_of(R"({"corrupt_at_byte":3})").corrupt_at_byte, 3U);
  EXPECT_TRUE(effect_of(R"({"wrong_etag":true})").wrong_etag);
  EXPECT_TRUE(effect_of(R"({"wrong_checksum":true})").wrong_checksum);
  EXPECT_EQ(effect_of(R"({"date_offset_s":-3600})").date_offset_s, -3600);
  EXPECT_EQ(refusal_of(R"({"wrong_etag":"yes"})"), "'wrong_etag' must be true or false");
  EXPECT_EQ(refusal_of(R"({"date_offset_s":1.5})"),
            "'date_offset_s' must be a whole number from -315360000 to 315360000");
}

TEST(EffectJson, ContradictionsAreRefused) {
  EXPECT_EQ(refusal_of(R"({"error":"SlowDown","redirect":307})"),
            "a rule can have only one of 'error', 'error_in_200', 'rate_limit', 'redirect' and "
            "'reset': 'before_operation'");
  EXPECT_EQ(refusal_of(R"({"latency_ms":1,"retry_after_s":1})"),
            "'retry_after_s' needs 'error' or 'rate_limit'");
  EXPECT_EQ(refusal_of(R"({"truncate_after_bytes":1,"reset":"after_operation"})"),
            "a rule can have only one of 'truncate_after_bytes' and 'reset'");
}

TEST(EffectJson, RuleThatDoesNothingIsRefused) {
  EXPECT_TRUE(refusal_of(R"({"key":"a"})")
                  .starts_with("the rule says nothing of what is to happen: it needs 'error', "));
  EXPECT_TRUE(refusal_of(R"({"wrong_etag":false})").starts_with("the rule says nothing"));
}

}  // namespace
}  // namespace pail::fault
