#include "access/policy.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::access {
namespace {

template <typename T, typename Predicate>
bool holds(const Match<T>& match, Predicate fits) {
  return std::ranges::any_of(match.any_of, fits) != match.is_negated;
}

/// NotPrincipal excepts only whom it names in each of his ways, as AWS has it: a user and his
/// account; a session, its role and its account.
bool is_excepted(const std::vector<Principal>& principals, const auth::Identity& identity) {
  using Kind = Principal::Kind;
  const auto names = [&](auto... kinds) {
    return std::ranges::any_of(principals, [&](const Principal& principal) {
      const bool is_of_kind = ((principal.kind == kinds) || ...);
      return is_of_kind && principal.includes(identity);
    });
  };
  if (names(Kind::kEverybody, Kind::kCanonicalUser)) return true;
  if (!names(Kind::kAccount)) return false;
  if (identity.arn.ends_with(":root")) return true;
  const bool is_role_session = identity.arn.find(":assumed-role/") != std::string::npos;
  return is_role_session ? names(Kind::kRole) && names(Kind::kSession)
                         : names(Kind::kUser, Kind::kSession);
}

bool is_meant(const Match<Principal>& principals, const auth::Identity& identity) {
  if (principals.is_negated) return !is_excepted(principals.any_of, identity);
  return std::ranges::any_of(principals.any_of,
                             [&](const Principal& p) { return p.includes(identity); });
}

bool conditions_hold(const Statement& statement, const ConditionContext* context) {
  if (statement.conditions.empty()) return true;
  if (context == nullptr) return statement.effect == Effect::kDeny;
  return std::ranges::all_of(statement.conditions, [&](const Condition& condition) {
    return access::holds(condition, *context);
  });
}

bool resource_fits(const Statement& statement, const PolicyQuestion& question) {
  return holds(statement.resources, [&](const TextPattern& pattern) {
    // What a variable stands for is not known either.
    const bool is_unknown = question.context == nullptr && pattern.has_variables();
    if (is_unknown) return (statement.effect == Effect::kDeny) != statement.resources.is_negated;
    return pattern.matches(question.resource, question.context);
  });
}

bool applies(const Statement& statement, const PolicyQuestion& question,
             std::string_view lower_action) {
  return is_meant(statement.principals, question.identity) &&
         holds(statement.actions,
               [&](const TextPattern& p) { return p.matches(lower_action, nullptr); }) &&
         resource_fits(statement, question) && conditions_hold(statement, question.context);
}

bool is_delegated(const Statement& statement, const auth::Identity& identity) {
  return !statement.principals.is_negated &&
         std::ranges::none_of(statement.principals.any_of,
                              [&](const Principal& p) { return p.includes_directly(identity); });
}

}  // namespace

Verdict evaluate(const Policy& policy, const PolicyQuestion& question) {
  const std::string action = text::to_lower(question.action);
  Verdict verdict;
  for (std::size_t i = 0; i < policy.statements.size(); ++i) {
    const Statement& statement = policy.statements[i];
    if (!applies(statement, question, action)) continue;
    if (statement.effect == Effect::kDeny) return {Decision::kDeny, &statement, i, false};
    const bool delegated = is_delegated(statement, question.identity);
    const bool is_better = verdict.is_delegated && !delegated;
    if (verdict.decision == Decision::kNoStatement || is_better) {
      verdict = {Decision::kAllow, &statement, i, delegated};
    }
  }
  return verdict;
}

Verdict evaluate(const std::vector<std::shared_ptr<const Policy>>& policies,
                 const PolicyQuestion& question) {
  Verdict together;
  for (const auto& policy : policies) {
    const Verdict verdict = evaluate(*policy, question);
    if (verdict.decision == Decision::kDeny) return verdict;
    if (verdict.decision == Decision::kAllow) together = verdict;
  }
  return together;
}

std::string describe(const Verdict& verdict, std::string_view owner) {
  if (verdict.statement == nullptr) return "no statement of " + std::string(owner);
  const std::string& sid = verdict.statement->sid;
  const std::string name =
      sid.empty() ? "number " + std::to_string(verdict.index + 1) : "'" + sid + "'";
  return "statement " + name + " of " + std::string(owner);
}

}  // namespace pail::access
