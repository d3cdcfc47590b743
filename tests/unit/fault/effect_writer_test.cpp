#include "fault/effect_writer.h"

#include <gtest/gtest.h>

#include "fault/rule_json.h"

namespace pail::fault {
namespace {

/// What is written of the effect that is read of the text.
std::string rewritten(std::string_view text) {
  const auto rules = read_rules(text, {});
  if (!rules) return rules.error();
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  write_effect(rules->front().effect, json);
  return json.dump();
}

TEST(EffectWriter, WritesEveryEffectAsItIsRead) {
  for (const std::string_view text : {
           R"({"error":"SlowDown","retry_after_s":2})",
           R"({"error":{"code":"SlowDown","message":"m","status":429}})",
           R"({"error_in_200":"InternalError"})",
           R"({"rate_limit":{"requests_per_s":0.5,"burst":7}})",
           R"({"redirect":307})",
           R"({"redirect":{"status":301,"endpoint":"e","region":"r"}})",
           R"({"latency_ms":10})",
           R"({"latency_ms":0.25})",
           R"({"latency_ms":{"uniform":{"from":1,"to":2}}})",
           R"({"latency_ms":{"log_normal":{"median":20,"sigma":0.5}}})",
           R"({"bandwidth_bytes_per_s":1000})",
           R"({"bandwidth_bytes_per_s":{"upload":1,"answer":2}})",
           R"({"bandwidth_bytes_per_s":{"answer":2}})",
           R"({"stall":{"after_bytes":1,"ms":2,"of":"answer"}})",
           R"({"stall":{"after_bytes":1,"ms":2,"of":"upload"}})",
           R"({"reset":"before_operation"})",
           R"({"reset":"after_operation"})",
           R"({"reset":{"after_upload_bytes":3}})",
           R"({"reset":{"after_answer_bytes":3}})",
           R"({"truncate_after_bytes":100})",
           R"({"corrupt_at_byte":0})",
           R"({"wrong_etag":true,"wrong_checksum":true,"date_offset_s":-60})",
       }) {
    EXPECT_EQ(rewritten(text), text);
  }
}

}  // namespace
}  // namespace pail::fault
