#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "access/policy.h"
#include "access/s3_actions.h"
#include "access/wildcard.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDepthMost = 32;
constexpr std::string_view kSyntax = "Invalid policy syntax.";

Unexpected<S3Error> malformed(std::string message) {
  return fail(S3ErrorCode::MalformedPolicy, std::move(message));
}

Unexpected<S3Error> malformed(std::string message, std::string detail) {
  return fail(
      S3Error(S3ErrorCode::MalformedPolicy, std::move(message)).with("Detail", std::move(detail)));
}

/// Looks at the brackets outside of strings before the parser does.
bool is_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDepthMost) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

S3Result<Json> parse_json(std::string_view text) {
  if (text.size() > kPolicyBytesMost) {
    return malformed("Policy exceeds the maximum allowed document size.");
  }
  if (text.empty() || text.front() != '{' || is_too_deep(text)) {
    return fail(S3ErrorCode::MalformedPolicy);
  }
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object()) return fail(S3ErrorCode::MalformedPolicy);
  return json;
}

S3Result<void> check_fields(const Json& object, std::span<const std::string_view> known) {
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(known, name) == known.end()) return malformed("Unknown field " + name);
  }
  return {};
}

/// A string, or a list of strings that is not empty.
S3Result<std::vector<std::string>> strings(const Json& json) {
  if (json.is_string()) return std::vector<std::string>{json.get<std::string>()};
  std::vector<std::string> values;
  if (!json.is_array() || json.empty()) return malformed(std::string(kSyntax));
  for (const Json& value : json) {
    if (!value.is_string()) return malformed(std::string(kSyntax));
    values.push_back(value.get<std::string>());
  }
  return values;
}

/// The element, or its Not... form; exactly one of both.
struct Choice {
  const Json* json = nullptr;
  bool is_negated = false;
};

S3Result<Choice> choose(const Json& statement, const std::string& name) {
  const auto plain = statement.find(name);
  const auto negated = statement.find("Not" + name);
  if (plain != statement.end() && negated != statement.end()) {
    return malformed(std::string(kSyntax));
  }
  if (plain != statement.end()) return Choice{&*plain, false};
  if (negated != statement.end()) return Choice{&*negated, true};
  return malformed("Missing required field " + name);
}

bool is_account_id(std::string_view text) {
  return text.size() == 12 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// An entry under "AWS".
S3Result<Principal> parse_aws_principal(const std::string& value) {
  const auto invalid = [&] { return malformed("Invalid principal in policy", value); };
  if (value == "*") return Principal{Principal::Kind::kEverybody, {}, {}};
  if (is_account_id(value)) return Principal{Principal::Kind::kAccount, value, {}};
  const auto parts = text::split(value, ':');
  if (parts.size() != 6 || parts[0] != "arn" || !parts[3].empty() || !is_account_id(parts[4])) {
    return invalid();
  }
  const std::string account(parts[4]);
  if (parts[2] == "sts") return Principal{Principal::Kind::kElse, account, {}};
  if (parts[2] != "iam") return invalid();
  if (parts[5] == "root") return Principal{Principal::Kind::kAccount, account, {}};
  if (parts[5].starts_with("role/")) return Principal{Principal::Kind::kElse, account, {}};
  if (!parts[5].starts_with("user/")) return invalid();
  const std::string_view name = parts[5].substr(parts[5].rfind('/') + 1);
  if (name.empty() || name.find('*') != std::string_view::npos) return invalid();
  return Principal{Principal::Kind::kUser, account, std::string(name)};
}

S3Result<void> add_principals(const std::string& type, const Json& json,
                              std::vector<Principal>& principals) {
  PAIL_TRY(const auto values, strings(json));
  for (const std::string& value : values) {
    if (type == "AWS") {
      PAIL_TRY(auto principal, parse_aws_principal(value));
      principals.push_back(std::move(principal));
    } else if (type == "CanonicalUser") {
      principals.push_back({Principal::Kind::kCanonicalUser, {}, value});
    } else if (type == "Service" || type == "Federated") {
      principals.push_back({Principal::Kind::kElse, {}, value});
    } else {
      return malformed("Invalid principal in policy", type);
    }
  }
  return {};
}

S3Result<Match<Principal>> parse_principals(const Json& statement) {
  PAIL_TRY(const Choice choice, choose(statement, "Principal"));
  Match<Principal> match{{}, choice.is_negated};
  const Json& json = *choice.json;
  if (json.is_string()) {
    // AWS takes no other string here, not even a well-formed ARN.
    if (json.get<std::string>() != "*") return malformed(std::string(kSyntax));
    match.any_of.push_back({Principal::Kind::kEverybody, {}, {}});
    return match;
  }
  if (!json.is_object() || json.empty()) return malformed(std::string(kSyntax));
  for (const auto& [type, values] : json.items()) {
    PAIL_CHECK(add_principals(type, values, match.any_of));
  }
  return match;
}

S3Result<Match<std::string>> parse_actions(const Json& statement) {
  PAIL_TRY(const Choice choice, choose(statement, "Action"));
  PAIL_TRY(auto values, strings(*choice.json));
  for (const std::string& value : values) {
    if (!find_actions(value)) return malformed("Policy has invalid action", value);
  }
  return Match<std::string>{std::move(values), choice.is_negated};
}

/// What follows "arn:aws:s3:::", if that lies in the bucket.
std::optional<std::string> resource_in_bucket(const std::string& arn, std::string_view bucket) {
  const auto parts = text::split(arn, ':');
  if (parts.size() < 6 || parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2] != "s3" ||
      !parts[3].empty() || !parts[4].empty()) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(parts[5].data() - arn.data());
  std::string resource = arn.substr(begin);
  const std::string_view name = std::string_view(resource).substr(0, resource.find('/'));
  if (!name.starts_with(bucket) || !wildcard_match(name, bucket)) return std::nullopt;
  return resource;
}

S3Result<Match<std::string>> parse_resources(const Json& statement, std::string_view bucket) {
  PAIL_TRY(const Choice choice, choose(statement, "Resource"));
  PAIL_TRY(auto values, strings(*choice.json));
  for (std::string& value : values) {
    auto resource = resource_in_bucket(value, bucket);
    if (!resource) return malformed("Policy has invalid resource", value);
    value = std::move(*resource);
  }
  return Match<std::string>{std::move(values), choice.is_negated};
}

/// Each action must be able to work on one of the resources.
S3Result<void> check_applicability(const Statement& statement, std::string_view label) {
  if (statement.actions.is_negated || statement.resources.is_negated) return {};
  const auto& resources = statement.resources.any_of;
  const bool has_objects = std::ranges::any_of(resources, [](const std::string& resource) {
    return resource.find_first_of("/*") != std::string::npos;
  });
  const bool has_bucket = std::ranges::any_of(resources, [](const std::string& resource) {
    return resource.find('/') == std::string::npos;
  });
  for (const std::string& action : statement.actions.any_of) {
    const auto scope = find_actions(action);
    if (!scope || (scope->on_buckets && has_bucket) || (scope->on_objects && has_objects)) continue;
    return malformed("Action does not apply to any resource(s) in statement",
                     "Action \"" + action + "\" in Statement \"" + std::string(label) + "\"");
  }
  return {};
}

S3Result<Effect> parse_effect(const Json& statement) {
  const auto effect = statement.find("Effect");
  if (effect == statement.end()) return malformed("Missing required field Effect");
  if (!effect->is_string()) return malformed(std::string(kSyntax));
  const auto value = effect->get<std::string>();
  if (value == "Allow") return Effect::kAllow;
  if (value == "Deny") return Effect::kDeny;
  return malformed("Invalid effect: " + value);
}

S3Result<bool> parse_condition(const Json& statement) {
  const auto condition = statement.find("Condition");
  if (condition == statement.end()) return false;
  if (!condition->is_object()) return malformed(std::string(kSyntax));
  for (const auto& [operation, keys] : condition->items()) {
    if (!keys.is_object()) return malformed(std::string(kSyntax));
  }
  return !condition->empty();
}

/// What a policy variable stands for is not known: anything, so that a Deny covers too much rather
/// than too little.
void widen_variables(Statement& statement) {
  auto& [resources, is_negated] = statement.resources;
  const auto has_variable = [](const std::string& resource) {
    return resource.find("${") != std::string::npos;
  };
  if (std::ranges::none_of(resources, has_variable)) return;
  statement.is_conditional = true;
  if (is_negated) std::erase_if(resources, has_variable);
  for (std::string& resource : resources) {
    if (has_variable(resource)) resource.replace(resource.find("${"), std::string::npos, "*");
  }
}

S3Result<Statement> parse_statement(const Json& json, std::string_view bucket,
                                    std::string_view label) {
  constexpr auto kFields =
      std::to_array<std::string_view>({"Sid", "Effect", "Principal", "NotPrincipal", "Action",
                                       "NotAction", "Resource", "NotResource", "Condition"});
  PAIL_CHECK(check_fields(json, kFields));
  Statement statement;
  PAIL_TRY(statement.effect, parse_effect(json));
  PAIL_TRY(statement.principals, parse_principals(json));
  PAIL_TRY(statement.actions, parse_actions(json));
  PAIL_TRY(statement.resources, parse_resources(json, bucket));
  PAIL_TRY(statement.is_conditional, parse_condition(json));
  PAIL_CHECK(check_applicability(statement, label));
  for (std::string& action : statement.actions.any_of) action = text::to_lower(action);
  widen_variables(statement);
  return statement;
}

/// What AWS calls the statement in its errors.
S3Result<std::string> statement_label(const Json& json, std::size_t index,
                                      std::set<std::string>& sids) {
  const auto sid = json.find("Sid");
  if (sid == json.end()) return "NO_ID-" + std::to_string(index);
  if (!sid->is_string()) return malformed(std::string(kSyntax));
  auto label = sid->get<std::string>();
  if (label.empty()) return "NO_ID-" + std::to_string(index);
  if (!sids.insert(label).second) {
    return malformed("Statement IDs (SID) in a single policy must be unique.");
  }
  return label;
}

S3Result<void> check_version(const Json& json) {
  const auto version = json.find("Version");
  if (version == json.end()) return {};
  if (version->is_string() && (*version == "2012-10-17" || *version == "2008-10-17")) return {};
  return malformed("The policy must contain a valid version string");
}

}  // namespace

S3Result<Policy> parse_policy(std::string_view text, std::string_view bucket_name) {
  constexpr auto kFields = std::to_array<std::string_view>({"Version", "Id", "Statement"});
  PAIL_TRY(const Json json, parse_json(text));
  PAIL_CHECK(check_fields(json, kFields));
  PAIL_CHECK(check_version(json));
  const auto field = json.find("Statement");
  if (field == json.end()) return malformed("Missing required field Statement");
  const Json list = field->is_object() ? Json::array({*field}) : *field;
  if (!list.is_array()) return malformed(std::string(kSyntax));
  if (list.empty()) return malformed("Could not parse the policy: Statement is empty!");
  Policy policy;
  std::set<std::string> sids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].is_object()) return malformed(std::string(kSyntax));
    PAIL_TRY(const std::string label, statement_label(list[i], i, sids));
    PAIL_TRY(auto statement, parse_statement(list[i], bucket_name, label));
    policy.statements.push_back(std::move(statement));
  }
  return policy;
}

}  // namespace pail::access
