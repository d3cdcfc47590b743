#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "access/condition_document.h"
#include "access/policy.h"
#include "access/policy_json.h"
#include "access/wildcard.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

constexpr const char* kIdentitySyntax = "Syntax errors in policy.";

S3Result<Match<TextPattern>> parse_identity_actions(const Json& statement) {
  auto choice = choose_element(statement, "Action");
  if (!choice) return malformed("Policy statement must contain actions.");
  auto values = read_strings(*choice->json, "Action");
  if (!values) return malformed(kIdentitySyntax);
  Match<TextPattern> match{{}, choice->is_negated};
  for (const std::string& value : *values) {
    if (value != "*" && std::ranges::count(value, ':') != 1) {
      return malformed(value.find(':') == std::string::npos
                           ? "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, "
                             "ec2, etc."
                           : "Actions/Condition can contain only one colon.");
    }
    match.any_of.emplace_back(value,
                              TextPattern::Options{.has_wildcards = true, .folds_case = true});
  }
  return match;
}

/// What stands for "arn:aws:s3:::" in the first five parts of an ARN; the parts may have wildcards.
bool can_be_s3(const std::vector<std::string_view>& parts) {
  const bool is_partition =
      std::ranges::any_of(std::to_array<std::string_view>({"aws", "aws-cn", "aws-us-gov"}),
                          [&](std::string_view name) { return wildcard_match(parts[1], name); });
  return is_partition && wildcard_match(parts[2], "s3") && wildcard_match(parts[3], "") &&
         wildcard_match(parts[4], "");
}

/// What follows "arn:aws:s3:::", nothing if the ARN is another service's.
S3Result<std::optional<std::string_view>> s3_resource(std::string_view arn) {
  constexpr std::size_t kParts = 6;
  if (arn == "*") return std::optional(arn);
  const auto parts = text::split(arn, ':');
  if (parts[0] != "arn") {
    return malformed("Resource " + std::string(arn) + " must be in ARN format or \"*\".");
  }
  if (parts.size() < kParts) {
    // A '*' at the end runs over the colons that are missing.
    if (!arn.ends_with('*')) {
      return malformed("Resource " + std::string(arn) + " must be in ARN format or \"*\".");
    }
    std::vector<std::string_view> padded(parts);
    padded.resize(kParts, "*");
    return can_be_s3(padded) ? std::optional<std::string_view>("*") : std::nullopt;
  }
  if (!can_be_s3(parts)) return std::optional<std::string_view>();
  return std::optional(arn.substr(static_cast<std::size_t>(parts[kParts - 1].data() - arn.data())));
}

/// Which resources a policy is read for.
enum class Resources { kS3, kArns };

struct IdentityReading {
  Resources resources = Resources::kS3;
  bool has_variables = false;
};

S3Result<Match<TextPattern>> parse_identity_resources(const Json& statement,
                                                      const IdentityReading& reading) {
  auto choice = choose_element(statement, "Resource");
  if (!choice) return malformed("Policy statement must contain resources.");
  auto values = read_strings(*choice->json, "Resource");
  if (!values) return malformed(kIdentitySyntax);
  Match<TextPattern> match{{}, choice->is_negated};
  for (const std::string& value : *values) {
    PAIL_TRY(const auto resource, s3_resource(value));
    const bool is_whole = reading.resources == Resources::kArns;
    if (!resource && !is_whole) continue;
    match.any_of.emplace_back(
        is_whole ? std::string_view(value) : *resource,
        TextPattern::Options{.has_wildcards = true, .has_variables = reading.has_variables});
  }
  return match;
}

S3Result<Statement> parse_identity_statement(const Json& json, const IdentityReading& reading) {
  constexpr auto kFields = std::to_array<std::string_view>(
      {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"});
  if (!json.is_object()) return malformed(kIdentitySyntax);
  if (json.contains("Principal") || json.contains("NotPrincipal")) {
    return malformed("Policy document should not specify a principal.");
  }
  if (!check_fields(json, kFields)) return malformed(kIdentitySyntax);
  Statement statement;
  const auto effect = json.find("Effect");
  if (effect == json.end() || (*effect != "Allow" && *effect != "Deny"))
    return malformed(kIdentitySyntax);
  statement.effect = *effect == "Allow" ? Effect::kAllow : Effect::kDeny;
  statement.principals.any_of.push_back({Principal::Kind::kEverybody, {}, {}});
  if (const auto sid = json.find("Sid"); sid != json.end()) {
    if (!sid->is_string()) return malformed(kIdentitySyntax);
    statement.sid = sid->get<std::string>();
  }
  PAIL_TRY(statement.actions, parse_identity_actions(json));
  PAIL_TRY(statement.resources, parse_identity_resources(json, reading));
  auto conditions = parse_conditions(json, reading.has_variables, KeyCheck::kNone);
  if (!conditions) return malformed(kIdentitySyntax);
  statement.conditions = std::move(conditions).value();
  return statement;
}

S3Result<Policy> read_policy(std::string_view text, Resources resources) {
  constexpr auto kFields = std::to_array<std::string_view>({"Version", "Id", "Statement"});
  auto json = parse_policy_json(text);
  if (!json) return malformed("This policy contains invalid Json");
  const auto version = json->find("Version");
  const bool is_old = version == json->end() || *version == "2008-10-17";
  if (!is_old && *version != "2012-10-17") {
    return malformed("Policy document must be version 2012-10-17 or greater.");
  }
  const auto field = json->find("Statement");
  if (field == json->end() || !check_fields(*json, kFields)) return malformed(kIdentitySyntax);
  const Json list = field->is_object() ? Json::array({*field}) : *field;
  if (!list.is_array() || list.empty()) return malformed(kIdentitySyntax);
  Policy policy;
  std::set<std::string> sids;
  for (const Json& element : list) {
    PAIL_TRY(auto statement, parse_identity_statement(element, {resources, !is_old}));
    if (!statement.sid.empty() && !sids.insert(statement.sid).second) {
      return malformed("Statement IDs (SID) in a single policy must be unique.");
    }
    policy.statements.push_back(std::move(statement));
  }
  return policy;
}

}  // namespace

S3Result<Policy> parse_identity_policy(std::string_view text) {
  return read_policy(text, Resources::kS3);
}

S3Result<Policy> parse_identity_policy_for_arns(std::string_view text) {
  return read_policy(text, Resources::kArns);
}

}  // namespace pail::access
