#include "access/trust_policy.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "access/condition_document.h"
#include "access/policy_json.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

constexpr const char* kTrustSyntax = "Syntax errors in policy.";

S3Result<void> add_trusted(const std::string& type, const Json& json,
                           std::vector<Principal>& principals) {
  const auto values = read_strings(json, "Principal");
  if (!values) return malformed(kTrustSyntax);
  for (const std::string& value : *values) {
    if (type == "AWS") {
      auto principal = Principal::parse(value);
      if (!principal) return malformed("Invalid principal in policy: \"AWS\":\"" + value + "\"");
      principals.push_back(std::move(*principal));
    } else if (type == "Federated" || type == "Service") {
      principals.push_back({Principal::Kind::kElse, {}, value});
    } else {
      return malformed("Invalid principal in policy: \"" + type + "\"");
    }
  }
  return {};
}

S3Result<Match<Principal>> parse_trusted(const Json& statement, Effect effect) {
  const auto choice = choose_element(statement, "Principal");
  if (!choice) return malformed("AssumeRole policy must contain principals.");
  if (choice->is_negated && effect == Effect::kAllow) {
    return malformed("Allow with NotPrincipal is not allowed.");
  }
  Match<Principal> match{{}, choice->is_negated};
  const Json& json = *choice->json;
  if (json.is_string() && json.get<std::string>() == "*") {
    match.any_of.push_back({Principal::Kind::kEverybody, {}, {}});
    return match;
  }
  if (!json.is_object() || json.empty()) return malformed(kTrustSyntax);
  for (const auto& [type, values] : json.items()) {
    PAIL_CHECK(add_trusted(type, values, match.any_of));
  }
  return match;
}

S3Result<Match<TextPattern>> parse_trust_actions(const Json& statement) {
  const auto choice = choose_element(statement, "Action");
  if (!choice) return malformed("Policy statement must contain actions.");
  const auto values = read_strings(*choice->json, "Action");
  if (!values) return malformed(kTrustSyntax);
  Match<TextPattern> match{{}, choice->is_negated};
  for (const std::string& value : *values) {
    if (!text::starts_with_ignore_case(value, "sts:")) {
      return malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
    match.any_of.emplace_back(value,
                              TextPattern::Options{.has_wildcards = true, .folds_case = true});
  }
  return match;
}

S3Result<Statement> parse_trust_statement(const Json& json, bool has_variables) {
  constexpr auto kFields = std::to_array<std::string_view>(
      {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Condition"});
  if (!json.is_object()) return malformed(kTrustSyntax);
  if (json.contains("Resource") || json.contains("NotResource")) {
    return malformed("Has prohibited field Resource");
  }
  if (!check_fields(json, kFields)) return malformed(kTrustSyntax);
  Statement statement;
  const auto effect = json.find("Effect");
  if (effect == json.end() || (*effect != "Allow" && *effect != "Deny"))
    return malformed(kTrustSyntax);
  statement.effect = *effect == "Allow" ? Effect::kAllow : Effect::kDeny;
  if (const auto sid = json.find("Sid"); sid != json.end()) {
    if (!sid->is_string()) return malformed(kTrustSyntax);
    statement.sid = sid->get<std::string>();
  }
  PAIL_TRY(statement.principals, parse_trusted(json, statement.effect));
  PAIL_TRY(statement.actions, parse_trust_actions(json));
  // Everything but nothing: whatever it is asked about.
  statement.resources.is_negated = true;
  auto conditions = parse_conditions(json, has_variables, KeyCheck::kNone);
  if (!conditions) return malformed(kTrustSyntax);
  statement.conditions = std::move(conditions).value();
  return statement;
}

bool names_provider(const Principal& principal, std::string_view provider) {
  constexpr std::string_view kOfArn = ":oidc-provider/";
  if (principal.kind != Principal::Kind::kElse) return false;
  const std::string_view name = principal.name;
  if (name == provider) return true;
  const auto at = name.find(kOfArn);
  return at != std::string_view::npos && name.starts_with("arn:") &&
         name.substr(at + kOfArn.size()) == provider;
}

}  // namespace

S3Result<Policy> parse_trust_policy(std::string_view text) {
  constexpr auto kFields = std::to_array<std::string_view>({"Version", "Id", "Statement"});
  auto json = parse_policy_json(text);
  if (!json) return malformed("This policy contains invalid Json");
  const auto version = json->find("Version");
  const bool is_old = version == json->end() || *version == "2008-10-17";
  if (!is_old && *version != "2012-10-17") return malformed(kTrustSyntax);
  const auto field = json->find("Statement");
  if (field == json->end() || !check_fields(*json, kFields)) return malformed(kTrustSyntax);
  const Json list = field->is_object() ? Json::array({*field}) : *field;
  if (!list.is_array() || list.empty()) return malformed(kTrustSyntax);
  Policy policy;
  for (const Json& element : list) {
    PAIL_TRY(auto statement, parse_trust_statement(element, !is_old));
    policy.statements.push_back(std::move(statement));
  }
  return policy;
}

Policy trust_in_provider(const Policy& trust, std::string_view provider) {
  Policy policy;
  for (const Statement& statement : trust.statements) {
    const bool is_named = std::ranges::any_of(
        statement.principals.any_of,
        [&](const Principal& principal) { return names_provider(principal, provider); });
    const bool is_everybody = statement.effect == Effect::kDeny &&
                              std::ranges::any_of(statement.principals.any_of, [](const auto& p) {
                                return p.kind == Principal::Kind::kEverybody;
                              });
    if ((is_named || is_everybody) == statement.principals.is_negated) continue;
    Statement kept = statement;
    kept.principals = {{{Principal::Kind::kEverybody, {}, {}}}, false};
    policy.statements.push_back(std::move(kept));
  }
  return policy;
}

}  // namespace pail::access
