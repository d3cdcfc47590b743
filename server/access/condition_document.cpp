#include "access/condition_document.h"

#include <string>
#include <utility>

#include "access/condition_keys.h"
#include "access/ip_range.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

/// Numbers and booleans may stand without quotation marks.
S3Result<std::string> read_value(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_boolean()) return std::string(json.get<bool>() ? "true" : "false");
  if (json.is_number()) return json.dump();
  return invalid_syntax();
}

S3Result<std::vector<std::string>> read_values(const Json& json) {
  std::vector<std::string> values;
  if (!json.is_array()) {
    PAIL_TRY(auto value, read_value(json));
    values.push_back(std::move(value));
    return values;
  }
  for (const Json& element : json) {
    PAIL_TRY(auto value, read_value(element));
    values.push_back(std::move(value));
  }
  return values;
}

S3Result<Condition> parse_condition(const ConditionOperator& op, const std::string& name,
                                    const Json& json, bool has_variables, KeyCheck check) {
  Condition condition{op, ConditionKey::parse(name), {}};
  if (check == KeyCheck::kS3 && find_condition_key(condition.key) == nullptr) {
    return malformed("Policy has an invalid condition key", name);
  }
  PAIL_TRY(const auto values, read_values(json));
  const bool wants_addresses = op.operand == OperandKind::kIp ||
                               (is_address_key(condition.key) && op.operand != OperandKind::kNull);
  for (const std::string& value : values) {
    if (wants_addresses && !IpRange::parse(value)) {
      return malformed("Invalid IP address in Conditions", value);
    }
    condition.values.push_back(parse_condition_value(op, value, has_variables));
  }
  return condition;
}

}  // namespace

S3Result<std::vector<Condition>> parse_conditions(const Json& statement, bool has_variables,
                                                  KeyCheck check) {
  std::vector<Condition> conditions;
  const auto element = statement.find("Condition");
  if (element == statement.end()) return conditions;
  if (!element->is_object()) return invalid_syntax();
  for (const auto& [operation, keys] : element->items()) {
    const auto op = ConditionOperator::parse(operation);
    if (!op) return malformed("Invalid Condition type : " + operation);
    if (!keys.is_object()) return invalid_syntax();
    for (const auto& [name, values] : keys.items()) {
      PAIL_TRY(auto condition, parse_condition(*op, name, values, has_variables, check));
      conditions.push_back(std::move(condition));
    }
  }
  return conditions;
}

S3Result<void> check_condition_actions(const std::vector<Condition>& conditions,
                                       const std::vector<TextPattern>& actions) {
  for (const Condition& condition : conditions) {
    const ConditionKeySpec* const spec = find_condition_key(condition.key);
    if (spec == nullptr) continue;
    for (const TextPattern& action : actions) {
      if (!action.is_fixed() || spec->applies_to(text::to_lower(action.source()))) continue;
      return malformed(
          "Conditions do not apply to combination of actions and resources in statement");
    }
  }
  return {};
}

}  // namespace pail::access
