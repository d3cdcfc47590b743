#include "fault/scenarios.h"

#include <algorithm>
#include <array>

#include "fault/json_values.h"
#include "fault/rule_json.h"
#include "text/decimal.h"

namespace pail::fault {
namespace {

struct NamedRules {
  Scenario scenario;
  /// As docs/FAULTS.md shows them.
  std::string_view rules;
};

constexpr std::array kScenarios = {
    NamedRules{{"flaky-network",
                "Latency with a long tail; now and then a connection is reset, or an answer stalls "
                "or is cut short."},
               R"([
  {"id": "latency", "latency_ms": {"log_normal": {"median": 15, "sigma": 1}}},
  {"id": "reset", "probability": 0.05, "reset": "before_operation"},
  {"id": "upload-reset", "method": ["PUT", "POST"], "probability": 0.03,
   "reset": {"after_upload_bytes": 1024}},
  {"id": "truncated", "method": "GET", "probability": 0.03, "truncate_after_bytes": 512},
  {"id": "stalled", "method": "GET", "probability": 0.02, "stall": {"after_bytes": 256, "ms": 2000}}
])"},
    NamedRules{{"throttled",
                "Each prefix takes 10 requests a second after a burst of 20; more are answered "
                "SlowDown."},
               R"([
  {"id": "limit", "rate_limit": {"requests_per_s": 10, "burst": 20}, "retry_after_s": 1}
])"},
    NamedRules{{"outage",
                "Nothing works: connections are reset, and what gets through is answered "
                "ServiceUnavailable or InternalError."},
               R"([
  {"id": "reset", "probability": 0.3, "reset": "before_operation"},
  {"id": "internal-error", "probability": 0.3, "error": "InternalError"},
  {"id": "unavailable", "error": "ServiceUnavailable", "retry_after_s": 1}
])"},
    NamedRules{{"lost-responses",
                "One write in five is carried out, but its answer is lost with the connection."},
               R"([
  {"id": "lost", "method": ["PUT", "POST", "DELETE"], "probability": 0.2,
   "reset": "after_operation"}
])"},
};

constexpr auto kScenarioWords = [] {
  std::array<Scenario, kScenarios.size()> words{};
  for (std::size_t i = 0; i < words.size(); ++i) words.at(i) = kScenarios.at(i).scenario;
  return words;
}();

Unexpected<std::string> unknown_scenario(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Scenario& each : kScenarioWords) names.push_back(each.name);
  return {"there is no fault scenario '" + std::string(name) + "': it must be " +
          alternatives(names) +
          ", or a rule in JSON like {\"operation\": \"GetObject\", "
          "\"error\": \"SlowDown\"}"};
}

}  // namespace

std::span<const Scenario> scenarios() { return kScenarioWords; }

std::optional<std::vector<Rule>> scenario_rules(std::string_view name, std::uint64_t seed) {
  for (const NamedRules& each : kScenarios) {
    if (each.scenario.name != name) continue;
    auto rules = read_rules(each.rules, {});
    if (!rules) return std::nullopt;
    std::uint64_t rule_seed = seed;
    for (Rule& rule : *rules) {
      rule.id = std::string(name) + "." + rule.id;
      // Of their own each, so that two rules do not draw the same numbers.
      rule.seed = rule_seed++;
    }
    return std::move(rules).value();
  }
  return std::nullopt;
}

Result<std::vector<Rule>, std::string> read_faults(std::string_view text,
                                                   std::span<const std::string_view> operations) {
  const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view trimmed = text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
  if (trimmed.starts_with('{') || trimmed.starts_with('[')) return read_rules(trimmed, operations);
  const auto colon = trimmed.find(':');
  const std::string_view name = trimmed.substr(0, colon);
  std::uint64_t seed = 1;
  if (colon != std::string_view::npos) {
    const auto given = text::parse_decimal(trimmed.substr(colon + 1));
    if (!given) {
      return Unexpected{"the seed behind '" + std::string(name) + ":' must be a whole number"};
    }
    seed = *given;
  }
  if (auto rules = scenario_rules(name, seed)) return std::move(*rules);
  return unknown_scenario(name);
}

}  // namespace pail::fault
