#include <array>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "auth/post_policy.h"
#include "error/try.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::auth {
namespace {

using Json = nlohmann::json;
using Operator = PostCondition::Operator;

constexpr std::size_t kConditionsMost = 1000;

Unexpected<S3Error> invalid(std::string what) {
  return fail(S3ErrorCode::InvalidPolicyDocument, "Invalid Policy: " + std::move(what));
}

Unexpected<S3Error> invalid_json() { return invalid("Invalid JSON."); }

/// ["eq", "$key", "a"]: as AWS shows a condition, whichever way it was written.
std::string show(const Json& condition) {
  std::string text = "[";
  for (const Json& item : condition) {
    if (text.size() > 1) text += ", ";
    text += item.dump();
  }
  return text + ']';
}

/// "2007-12-01T12:00:00.000Z", the milliseconds may be left out. AWS takes no other time zone.
S3Result<time::Timestamp> parse_expiration(const Json& document) {
  const auto found = document.find("expiration");
  if (found == document.end()) return invalid("Policy missing expiration.");
  if (!found->is_string()) return invalid_json();
  const auto text = found->get<std::string>();
  const auto time = time::parse_iso8601(text);
  if (!time || !text.ends_with('Z')) return invalid("Invalid 'expiration' value: '" + text + "'");
  return *time;
}

/// {"acl": "private"}
S3Result<PostCondition> parse_simple(const Json& json) {
  if (json.size() != 1) {
    return invalid(
        "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  }
  const auto property = json.begin();
  if (property.value().is_null()) return invalid_json();
  if (!property.value().is_string())
    return invalid("Invalid Simple-Condition: value must be a string.");
  PostCondition condition;
  condition.field = text::to_lower(property.key());
  condition.operand = property.value().get<std::string>();
  condition.text = show(Json::array({"eq", '$' + property.key(), condition.operand}));
  return condition;
}

/// A bound may be a number or a number in quotes. Nothing: it is another text, and the condition
/// can not hold.
S3Result<std::optional<std::uint64_t>> parse_bound(const Json& json) {
  if (json.is_number_unsigned()) return std::optional(json.get<std::uint64_t>());
  if (json.is_number_integer()) return invalid("Token - must be enclosed in quotes.");
  if (!json.is_string()) return invalid_json();
  return text::parse_decimal(json.get<std::string>());
}

S3Result<PostCondition> parse_range(const Json& json) {
  PAIL_TRY(const auto least, parse_bound(json[1]));
  PAIL_TRY(const auto most, parse_bound(json[2]));
  PostCondition condition;
  condition.comparison = Operator::kContentLengthRange;
  if (least && most) condition.range = ContentLengthRange{*least, *most};
  condition.text = show(json);
  return condition;
}

S3Result<PostCondition> parse_match(const Json& json, Operator comparison) {
  if (!json[1].is_string() || !json[2].is_string()) return invalid_json();
  PostCondition condition;
  condition.comparison = comparison;
  const auto field = json[1].get<std::string>();
  if (field.starts_with('$')) condition.field = text::to_lower(field.substr(1));
  condition.operand = json[2].get<std::string>();
  condition.text = show(json);
  return condition;
}

std::optional<Operator> parse_operator(std::string_view name) {
  if (text::equals_ignore_case(name, "eq")) return Operator::kEquals;
  if (text::equals_ignore_case(name, "starts-with")) return Operator::kStartsWith;
  if (text::equals_ignore_case(name, "content-length-range")) return Operator::kContentLengthRange;
  return std::nullopt;
}

/// ["starts-with", "$key", "user/"]
S3Result<PostCondition> parse_list(const Json& json) {
  if (json.empty()) return invalid("Invalid Condition: missing operation identifier.");
  if (!json[0].is_string()) return invalid_json();
  const auto name = json[0].get<std::string>();
  const auto comparison = parse_operator(name);
  if (!comparison) return invalid("Invalid Condition: unknown operation '" + name + "'.");
  if (json.size() != 3) return invalid("Invalid " + name + ": wrong number of arguments.");
  return *comparison == Operator::kContentLengthRange ? parse_range(json)
                                                      : parse_match(json, *comparison);
}

S3Result<std::vector<PostCondition>> parse_conditions(const Json& document) {
  const auto found = document.find("conditions");
  if (found == document.end()) return invalid("Policy missing conditions.");
  if (!found->is_array()) return invalid("Invalid 'conditions' value: must be a List.");
  if (found->size() > kConditionsMost) return invalid_json();
  std::vector<PostCondition> conditions;
  for (const Json& json : *found) {
    if (!json.is_object() && !json.is_array())
      return invalid("Invalid condition test: must be a List or Object.");
    PAIL_TRY(auto condition, json.is_object() ? parse_simple(json) : parse_list(json));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

}  // namespace

S3Result<PostPolicy> PostPolicy::parse(std::string_view encoded) {
  const auto bytes = text::base64_decode(text::trim(encoded));
  if (!bytes) return invalid("invalid Base64 encoding.");
  if (bytes->empty()) return invalid("Expecting '{' but found End-of-Input");
  const Json document = Json::parse(text::as_text(*bytes), nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded() || !document.is_object()) return invalid_json();
  for (const auto& [name, value] : document.items()) {
    if (name != "expiration" && name != "conditions")
      return invalid("Unexpected: '" + text::to_lower(name) + "'");
  }
  PostPolicy policy;
  PAIL_TRY(policy.expiration_, parse_expiration(document));
  PAIL_TRY(policy.conditions_, parse_conditions(document));
  return policy;
}

}  // namespace pail::auth
