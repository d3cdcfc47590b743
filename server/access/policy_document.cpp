#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "access/condition_document.h"
#include "access/policy.h"
#include "access/policy_json.h"
#include "access/s3_actions.h"
#include "access/wildcard.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

/// What a document is read as.
struct Reading {
  std::string_view bucket;
  bool has_variables = false;
};

S3Result<void> add_principals(const std::string& type, const Json& json,
                              std::vector<Principal>& principals) {
  PAIL_TRY(const auto values, read_strings(json, "Principal"));
  for (const std::string& value : values) {
    if (type == "AWS") {
      auto principal = Principal::parse(value);
      if (!principal) return malformed("Invalid principal in policy", value);
      principals.push_back(std::move(*principal));
    } else if (type == "CanonicalUser") {
      principals.push_back({Principal::Kind::kCanonicalUser, {}, value});
    } else if ((type == "Service" || type == "Federated") && value != "*") {
      principals.push_back({Principal::Kind::kElse, {}, value});
    } else {
      return malformed("Invalid principal in policy", type);
    }
  }
  return {};
}

S3Result<Match<Principal>> parse_principals(const Json& statement, Effect effect) {
  PAIL_TRY(const ElementChoice choice, choose_element(statement, "Principal"));
  if (choice.is_negated && effect == Effect::kAllow) {
    return malformed("Allow with NotPrincipal is not allowed.");
  }
  Match<Principal> match{{}, choice.is_negated};
  const Json& json = *choice.json;
  if (json.is_string()) {
    // AWS takes no other string here, not even a well-formed ARN.
    if (json.get<std::string>() != "*") return invalid_syntax();
    match.any_of.push_back({Principal::Kind::kEverybody, {}, {}});
    return match;
  }
  if (!json.is_object()) return invalid_syntax();
  if (json.empty()) return malformed("Missing required field Principal cannot be empty!");
  for (const auto& [type, values] : json.items()) {
    PAIL_CHECK(add_principals(type, values, match.any_of));
  }
  return match;
}

S3Result<Match<TextPattern>> parse_actions(const Json& statement) {
  PAIL_TRY(const ElementChoice choice, choose_element(statement, "Action"));
  PAIL_TRY(const auto values, read_strings(*choice.json, "Action"));
  Match<TextPattern> match{{}, choice.is_negated};
  for (const std::string& value : values) {
    if (!find_actions(value)) return malformed("Policy has invalid action", value);
    match.any_of.emplace_back(value,
                              TextPattern::Options{.has_wildcards = true, .folds_case = true});
  }
  return match;
}

/// What follows "arn:aws:s3:::", if that can lie in the bucket.
std::optional<std::string_view> resource_in_bucket(std::string_view arn, std::string_view bucket) {
  const auto parts = text::split(arn, ':');
  constexpr std::size_t kParts = 6;
  const bool is_s3 = parts.size() >= kParts && parts[0] == "arn" &&
                     (parts[1] == "aws" || parts[1] == "aws-cn" || parts[1] == "aws-us-gov") &&
                     parts[2] == "s3" && parts[3].empty() && parts[4].empty();
  if (!is_s3) return std::nullopt;
  const std::string_view resource =
      arn.substr(static_cast<std::size_t>(parts[kParts - 1].data() - arn.data()));
  const std::string_view name = resource.substr(0, resource.find('/'));
  if (!wildcard_match(name, bucket)) return std::nullopt;
  return resource;
}

S3Result<Match<TextPattern>> parse_resources(const Json& statement, const Reading& reading) {
  PAIL_TRY(const ElementChoice choice, choose_element(statement, "Resource"));
  PAIL_TRY(const auto values, read_strings(*choice.json, "Resource"));
  Match<TextPattern> match{{}, choice.is_negated};
  for (const std::string& value : values) {
    const auto resource = resource_in_bucket(value, reading.bucket);
    if (!resource) return malformed("Policy has invalid resource", value);
    match.any_of.emplace_back(
        *resource,
        TextPattern::Options{.has_wildcards = true, .has_variables = reading.has_variables});
  }
  return match;
}

/// Each action must be able to work on one of the resources.
S3Result<void> check_applicability(const Statement& statement, std::string_view label) {
  if (statement.actions.is_negated || statement.resources.is_negated) return {};
  const auto& resources = statement.resources.any_of;
  const bool has_objects = std::ranges::any_of(resources, [](const TextPattern& resource) {
    return resource.source().find_first_of("/*") != std::string::npos;
  });
  const bool has_bucket = std::ranges::any_of(resources, [](const TextPattern& resource) {
    return resource.source().find('/') == std::string::npos;
  });
  for (const TextPattern& action : statement.actions.any_of) {
    const auto scope = find_actions(action.source());
    if (!scope || (scope->on_buckets && has_bucket) || (scope->on_objects && has_objects)) continue;
    return malformed(
        "Action does not apply to any resource(s) in statement",
        "Action \"" + action.source() + "\" in Statement \"" + std::string(label) + "\"");
  }
  return {};
}

S3Result<Effect> parse_effect(const Json& statement) {
  const auto effect = statement.find("Effect");
  if (effect == statement.end()) return malformed("Missing required field Effect");
  if (!effect->is_string()) return invalid_syntax();
  const auto value = effect->get<std::string>();
  if (value == "Allow") return Effect::kAllow;
  if (value == "Deny") return Effect::kDeny;
  return malformed("Invalid effect: " + value);
}

S3Result<Statement> parse_statement(const Json& json, const Reading& reading,
                                    std::string_view label) {
  constexpr auto kFields =
      std::to_array<std::string_view>({"Sid", "Effect", "Principal", "NotPrincipal", "Action",
                                       "NotAction", "Resource", "NotResource", "Condition"});
  PAIL_CHECK(check_fields(json, kFields));
  Statement statement;
  PAIL_TRY(statement.effect, parse_effect(json));
  PAIL_TRY(statement.principals, parse_principals(json, statement.effect));
  PAIL_TRY(statement.actions, parse_actions(json));
  PAIL_TRY(statement.resources, parse_resources(json, reading));
  PAIL_TRY(statement.conditions, parse_conditions(json, reading.has_variables, KeyCheck::kS3));
  if (!statement.actions.is_negated) {
    PAIL_CHECK(check_condition_actions(statement.conditions, statement.actions.any_of));
  }
  PAIL_CHECK(check_applicability(statement, label));
  return statement;
}

/// The Sid; empty if there is none.
S3Result<std::string> parse_sid(const Json& json, std::set<std::string>& sids) {
  const auto field = json.find("Sid");
  if (field == json.end()) return std::string();
  if (!field->is_string()) return invalid_syntax();
  auto sid = field->get<std::string>();
  if (!sid.empty() && !sids.insert(sid).second) {
    return malformed("Statement IDs (SID) in a single policy must be unique.");
  }
  return sid;
}

/// Whether the version of the language knows variables.
S3Result<bool> parse_version(const Json& json) {
  const auto version = json.find("Version");
  if (version == json.end() || *version == "2008-10-17") return false;
  if (*version == "2012-10-17") return true;
  return malformed("The policy must contain a valid version string");
}

}  // namespace

S3Result<Policy> parse_policy(std::string_view text, std::string_view bucket_name) {
  constexpr auto kFields = std::to_array<std::string_view>({"Version", "Id", "Statement"});
  PAIL_TRY(const Json json, parse_policy_json(text));
  PAIL_CHECK(check_fields(json, kFields));
  Reading reading{bucket_name};
  PAIL_TRY(reading.has_variables, parse_version(json));
  if (const auto id = json.find("Id"); id != json.end() && !id->is_string()) {
    return invalid_syntax();
  }
  const auto field = json.find("Statement");
  if (field == json.end()) return malformed("Missing required field Statement");
  const Json list = field->is_object() ? Json::array({*field}) : *field;
  if (!list.is_array()) return invalid_syntax();
  if (list.empty()) return malformed("Could not parse the policy: Statement is empty!");
  Policy policy;
  std::set<std::string> sids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!list[i].is_object()) return invalid_syntax();
    PAIL_TRY(auto sid, parse_sid(list[i], sids));
    const std::string label = sid.empty() ? "NO_ID-" + std::to_string(i) : sid;
    PAIL_TRY(auto statement, parse_statement(list[i], reading, label));
    statement.sid = std::move(sid);
    policy.statements.push_back(std::move(statement));
  }
  return policy;
}

}  // namespace pail::access
