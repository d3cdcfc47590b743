#include "access/policy.h"

#include <algorithm>

#include "access/wildcard.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

bool is_meant(const Principal& principal, const auth::Identity& identity) {
  if (principal.kind == Principal::Kind::kEverybody) return true;
  if (identity.is_anonymous()) return false;
  switch (principal.kind) {
    case Principal::Kind::kAccount:
      return principal.account_id == identity.account_id;
    case Principal::Kind::kUser:
      return principal.account_id == identity.account_id && principal.name == identity.user_name;
    case Principal::Kind::kCanonicalUser:
      return principal.name == identity.canonical_id;
    case Principal::Kind::kEverybody:
    case Principal::Kind::kElse:
      break;
  }
  return false;
}

template <typename T, typename Predicate>
bool holds(const Match<T>& match, Predicate fits) {
  return std::ranges::any_of(match.any_of, fits) != match.is_negated;
}

bool applies(const Statement& statement, const PolicyQuestion& question,
             std::string_view lower_action) {
  if (statement.is_conditional && statement.effect == Effect::kAllow) return false;
  const auto is_sender = [&](const Principal& p) { return is_meant(p, question.identity); };
  const auto is_action = [&](const std::string& p) { return wildcard_match(p, lower_action); };
  const auto is_resource = [&](const std::string& p) {
    return wildcard_match(p, question.resource);
  };
  return holds(statement.principals, is_sender) && holds(statement.actions, is_action) &&
         holds(statement.resources, is_resource);
}

}  // namespace

Decision evaluate(const Policy& policy, const PolicyQuestion& question) {
  const std::string action = text::to_lower(question.action);
  Decision decision = Decision::kNoStatement;
  for (const Statement& statement : policy.statements) {
    if (!applies(statement, question, action)) continue;
    if (statement.effect == Effect::kDeny) return Decision::kDeny;
    decision = Decision::kAllow;
  }
  return decision;
}

}  // namespace pail::access
