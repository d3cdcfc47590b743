#include "fault/rule_json.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "error/try.h"
#include "fault/effect_json.h"
#include "fault/effect_writer.h"
#include "fault/glob.h"
#include "fault/json_values.h"
#include "time/date.h"

namespace pail::fault {
namespace {

using Operations = std::span<const std::string_view>;

constexpr std::uint64_t kCountMost = std::uint64_t{1} << 50U;
constexpr int kPartNumberMost = 10'000;
constexpr double kDurationMost_s = 315'360'000;
constexpr double kMillisecondsPerSecond = 1000;

struct RuleField {
  std::string_view name;
  Read<void> (*read)(const Json& json, std::string_view name, Rule& rule);
};

Read<void> read_count(const Json& json, std::string_view name, std::uint64_t least,
                      std::optional<std::uint64_t>& into) {
  PAIL_TRY(into, read_whole(json, name, least, kCountMost));
  return {};
}

Read<void> read_id(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.id, read_text(json, name));
  const bool is_plain = std::ranges::all_of(rule.id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  if (is_plain) return {};
  return Unexpected<std::string>{"'id' can have letters, digits, '-', '_' and '.' only"};
}

Read<void> read_name(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.name, read_text(json, name));
  return {};
}

Read<void> read_operation(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.match.operations, read_texts(json, name));
  return {};
}

Read<void> read_method(const Json& json, std::string_view name, Rule& rule) {
  static const std::vector<std::string_view> kMethods = {"GET",  "HEAD",   "PUT",
                                                         "POST", "DELETE", "OPTIONS"};
  PAIL_TRY(rule.match.methods, read_texts(json, name));
  for (const std::string& method : rule.match.methods) {
    if (std::ranges::find(kMethods, method) == kMethods.end()) {
      return Unexpected{"'method' must be " + alternatives(kMethods) + ", not '" + method + "'"};
    }
  }
  return {};
}

Read<void> read_bucket(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.match.bucket, read_text(json, name));
  return {};
}

Read<void> read_key(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.match.key, read_text(json, name));
  return {};
}

Read<void> read_part_number(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(const auto number, read_whole(json, name, 1, kPartNumberMost));
  rule.match.part_number = static_cast<int>(number);
  return {};
}

Read<void> read_user_agent(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.match.user_agent, read_text(json, name));
  return {};
}

Read<void> read_nth(const Json& json, std::string_view name, Rule& rule) {
  return read_count(json, name, 1, rule.trigger.nth);
}

Read<void> read_after(const Json& json, std::string_view name, Rule& rule) {
  return read_count(json, name, 0, rule.trigger.after);
}

Read<void> read_every(const Json& json, std::string_view name, Rule& rule) {
  return read_count(json, name, 1, rule.trigger.every);
}

Read<void> read_fires(const Json& json, std::string_view name, Rule& rule) {
  return read_count(json, name, 1, rule.trigger.count);
}

Read<void> read_probability(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.trigger.probability, read_number(json, name, 0, 1));
  return {};
}

Read<void> read_duration(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(const double seconds, read_number(json, name, 0, kDurationMost_s));
  rule.trigger.duration = std::chrono::milliseconds(std::llround(seconds * kMillisecondsPerSecond));
  return {};
}

Read<void> read_until(const Json& json, std::string_view name, Rule& rule) {
  if (json.is_string()) {
    rule.trigger.until = time::parse_iso8601(json.get_ref<const std::string&>());
    if (rule.trigger.until) return {};
  }
  return Unexpected{"'" + std::string(name) + "' must be a time like '2026-11-24T16:00:00Z'"};
}

Read<void> read_seed(const Json& json, std::string_view name, Rule& rule) {
  PAIL_TRY(rule.seed, read_whole(json, name, 0, UINT64_MAX));
  return {};
}

constexpr std::array kRuleFields = {
    RuleField{"id", &read_id},
    RuleField{"name", &read_name},
    RuleField{"operation", &read_operation},
    RuleField{"method", &read_method},
    RuleField{"bucket", &read_bucket},
    RuleField{"key", &read_key},
    RuleField{"part_number", &read_part_number},
    RuleField{"user_agent", &read_user_agent},
    RuleField{"nth", &read_nth},
    RuleField{"after", &read_after},
    RuleField{"every", &read_every},
    RuleField{"count", &read_fires},
    RuleField{"probability", &read_probability},
    RuleField{"duration_s", &read_duration},
    RuleField{"until", &read_until},
    RuleField{"seed", &read_seed},
};

Unexpected<std::string> unknown_field(const std::string& name) {
  std::vector<std::string_view> names;
  for (const RuleField& field : kRuleFields) names.push_back(field.name);
  for (const EffectField& field : effect_fields()) names.push_back(field.name);
  const std::string_view near = nearest_word(name, names);
  const std::string guess =
      near.empty() ? std::string(".") : "; did you mean '" + std::string(near) + "'?";
  return {"unknown field '" + name + "'" + guess + " A rule can have " + alternatives(names)};
}

Read<void> read_field(const std::string& name, const Json& json, Rule& rule) {
  for (const RuleField& field : kRuleFields) {
    if (field.name == name) return field.read(json, field.name, rule);
  }
  for (const EffectField& field : effect_fields()) {
    if (field.name == name) return field.read(json, field.name, rule.effect);
  }
  return unknown_field(name);
}

Read<void> check_operations(const std::vector<std::string>& patterns, Operations operations) {
  if (operations.empty()) return {};
  for (const std::string& pattern : patterns) {
    const bool is_known = std::ranges::any_of(operations, [&pattern](std::string_view operation) {
      return glob_matches(pattern, operation);
    });
    if (is_known) continue;
    const auto near =
        nearest_word(pattern, std::vector<std::string_view>(operations.begin(), operations.end()));
    const std::string guess = near.empty() ? std::string("names are those of S3, like 'PutObject'")
                                           : "did you mean '" + std::string(near) + "'?";
    return Unexpected{"'operation': there is no operation '" + pattern + "'; " + guess};
  }
  return {};
}

/// The operations that AWS is known to answer so.
Read<void> check_error_in_200(Rule& rule) {
  static const std::vector<std::string_view> kLongOperations = {"CopyObject", "UploadPartCopy",
                                                                "CompleteMultipartUpload"};
  if (!rule.effect.error_in_200) return {};
  auto& operations = rule.match.operations;
  if (operations.empty()) operations.assign(kLongOperations.begin(), kLongOperations.end());
  for (const std::string& operation : operations) {
    if (std::ranges::find(kLongOperations, operation) == kLongOperations.end()) {
      return Unexpected{"'error_in_200' is for 'operation' " + alternatives(kLongOperations)};
    }
  }
  return {};
}

/// One name alone, several as a list.
nlohmann::ordered_json texts_json(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return texts.front();
  return texts;
}

void write_match(const Match& match, nlohmann::ordered_json& json) {
  if (!match.operations.empty()) json["operation"] = texts_json(match.operations);
  if (!match.methods.empty()) json["method"] = texts_json(match.methods);
  if (match.bucket) json["bucket"] = *match.bucket;
  if (match.key) json["key"] = *match.key;
  if (match.part_number) json["part_number"] = *match.part_number;
  if (match.user_agent) json["user_agent"] = *match.user_agent;
}

void write_trigger(const Trigger& trigger, nlohmann::ordered_json& json) {
  if (trigger.nth) json["nth"] = *trigger.nth;
  if (trigger.after) json["after"] = *trigger.after;
  if (trigger.every) json["every"] = *trigger.every;
  if (trigger.count) json["count"] = *trigger.count;
  if (trigger.probability) json["probability"] = *trigger.probability;
  if (trigger.duration) {
    json["duration_s"] = static_cast<double>(trigger.duration->count()) / kMillisecondsPerSecond;
  }
  if (trigger.until) json["until"] = time::format_iso8601(*trigger.until);
}

}  // namespace

Result<Rule, std::string> rule_from_json(const Json& json, Operations operations) {
  if (!json.is_object()) return Unexpected<std::string>{"a fault rule must be a JSON object"};
  Rule rule;
  for (const auto& item : json.items()) PAIL_CHECK(read_field(item.key(), item.value(), rule));
  PAIL_CHECK(check_operations(rule.match.operations, operations));
  PAIL_CHECK(check_effect(rule.effect));
  PAIL_CHECK(check_error_in_200(rule));
  return rule;
}

Result<std::vector<Rule>, std::string> rules_from_json(const Json& json, Operations operations) {
  std::vector<Rule> rules;
  if (!json.is_array()) {
    PAIL_TRY(auto only, rule_from_json(json, operations));
    rules.push_back(std::move(only));
    return rules;
  }
  if (json.size() > FaultBook::kRulesMost) {
    return Unexpected{"there can be at most " + std::to_string(FaultBook::kRulesMost) +
                      " fault rules"};
  }
  for (const Json& each : json) {
    auto rule = rule_from_json(each, operations);
    if (!rule) return Unexpected{"rule " + std::to_string(rules.size() + 1) + ": " + rule.error()};
    rules.push_back(std::move(rule).value());
  }
  return rules;
}

Result<std::vector<Rule>, std::string> read_rules(std::string_view text, Operations operations) {
  constexpr std::size_t kTextBytesMost = std::size_t{1024} * 1024;
  if (text.size() > kTextBytesMost) {
    return Unexpected<std::string>{"the fault rules are longer than 1 MiB"};
  }
  // Deep nesting is refused before anything recurses into it: no rule has more than four levels.
  constexpr int kDepthMost = 8;
  bool is_too_deep = false;
  const auto watch_depth = [&is_too_deep](int depth, Json::parse_event_t, Json&) {
    is_too_deep = is_too_deep || depth > kDepthMost;
    return !is_too_deep;
  };
  const Json json = Json::parse(text, watch_depth, /*allow_exceptions=*/false);
  if (is_too_deep || json.is_discarded()) {
    return Unexpected<std::string>{"the fault rules are not valid JSON"};
  }
  return rules_from_json(json, operations);
}

nlohmann::ordered_json rule_to_json(const Rule& rule) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  if (!rule.id.empty()) json["id"] = rule.id;
  if (!rule.name.empty()) json["name"] = rule.name;
  write_match(rule.match, json);
  write_trigger(rule.trigger, json);
  if (rule.seed != Rule{}.seed) json["seed"] = rule.seed;
  write_effect(rule.effect, json);
  return json;
}

nlohmann::ordered_json report_to_json(const RuleReport& report) {
  nlohmann::ordered_json json = rule_to_json(report.rule);
  json["matched"] = report.matched;
  json["fired"] = report.fired;
  return json;
}

}  // namespace pail::fault
