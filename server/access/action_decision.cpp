#include "access/action_decision.h"

#include <string>
#include <utility>
#include <vector>

#include "access/action_facts.h"
#include "access/trust_policy.h"
#include "auth/web_identity.h"
#include "error/try.h"

namespace pail::access {
namespace {

S3Error refusal(const auth::Identity& identity, std::string_view action, std::string_view resource,
                std::string reason) {
  return S3Error(S3ErrorCode::AccessDenied,
                 "User: " + identity.arn + " is not authorized to perform: " + std::string(action) +
                     " on resource: " + std::string(resource))
      .because(std::move(reason));
}

/// What the sender's own policies say, those of his session included.
Decision own_decision(const SenderPolicies& policies, const PolicyQuestion& question) {
  const Decision identity = evaluate(policies.identity, question).decision;
  const Decision session = evaluate(policies.session, question).decision;
  if (identity == Decision::kDeny || session == Decision::kDeny) return Decision::kDeny;
  const bool by_identity = policies.identity.empty() || identity == Decision::kAllow;
  const bool by_session = policies.session.empty() || session == Decision::kAllow;
  return by_identity && by_session ? Decision::kAllow : Decision::kNoStatement;
}

/// A role without trust policy trusts its account as a whole.
Verdict trust_verdict(const Policy* trust, const auth::Role& role, const PolicyQuestion& question) {
  if (trust != nullptr) return evaluate(*trust, question);
  Verdict verdict;
  if (question.identity.account_id == role.account_id) verdict.decision = Decision::kAllow;
  verdict.is_delegated = true;
  return verdict;
}

S3Result<void> check_role_action(const ActionCase& about, const auth::Role& role,
                                 std::string_view action, const ActionFacts& facts) {
  const PolicyQuestion question{about.identity, action, role.arn, &facts};
  const Verdict trust = trust_verdict(about.policies.trust_of(role.arn), role, question);
  const Decision own = own_decision(about.policies.about_arns_of(about.identity), question);
  const auto refuse = [&](std::string reason) {
    return fail(refusal(about.identity, action, role.arn, std::move(reason)));
  };
  if (trust.decision == Decision::kDeny) return refuse("the trust policy of the role denies it");
  if (own == Decision::kDeny) return refuse("a policy of the sender denies it");
  if (trust.decision != Decision::kAllow) {
    return refuse("the trust policy of the role does not let the sender");
  }
  const bool needs_own = trust.is_delegated || about.identity.account_id != role.account_id;
  if (needs_own && own != Decision::kAllow) {
    return refuse("the role trusts the sender's account, but no policy of the sender allows it");
  }
  return {};
}

S3Result<void> authorize_assume_role(const ActionCase& about) {
  const protocol::ActionForm& form = *about.request.action;
  const std::string_view arn = form.get("RoleArn");
  const auth::Role* role = about.directory.find_role(arn);
  if (role == nullptr) {
    // What can not be the name of a role is for the operation to complain about.
    if (!arn.starts_with("arn:aws:iam::")) return {};
    return fail(refusal(about.identity, "sts:AssumeRole", arn, "there is no such role"));
  }
  const ActionFacts facts(about.request, about.identity, role, nullptr);
  PAIL_CHECK(check_role_action(about, *role, "sts:AssumeRole", facts));
  if (!session_tags(form.parameters).empty()) {
    PAIL_CHECK(check_role_action(about, *role, "sts:TagSession", facts));
  }
  if (form.parameters.contains("SourceIdentity")) {
    PAIL_CHECK(check_role_action(about, *role, "sts:SetSourceIdentity", facts));
  }
  return {};
}

S3Result<void> authorize_web_identity(const ActionCase& about) {
  constexpr std::string_view kAction = "sts:AssumeRoleWithWebIdentity";
  const protocol::ActionForm& form = *about.request.action;
  const auto refuse = [](std::string reason) {
    return fail(S3Error(S3ErrorCode::AccessDenied,
                        "Not authorized to perform sts:AssumeRoleWithWebIdentity")
                    .because(std::move(reason)));
  };
  PAIL_TRY(const auto claims,
           auth::WebIdentity::read(form.get("WebIdentityToken"), about.request.received));
  const std::string_view arn = form.get("RoleArn");
  const auth::Role* role = about.directory.find_role(arn);
  if (role == nullptr) {
    if (!arn.starts_with("arn:aws:iam::")) return {};
    return refuse("there is no role " + std::string(arn));
  }
  const Policy* trust = about.policies.trust_of(role->arn);
  const std::string provider(claims.provider());
  const Policy trusted = trust == nullptr ? Policy{} : trust_in_provider(*trust, provider);
  if (trusted.statements.empty()) {
    return refuse("the trust policy of the role does not name the identity provider " + provider);
  }
  const ActionFacts facts(about.request, about.identity, role, &claims);
  const Verdict verdict = evaluate(trusted, {about.identity, kAction, role->arn, &facts});
  if (verdict.decision == Decision::kAllow) return {};
  return refuse("the trust policy of the role does not allow what the token claims");
}

S3Result<void> authorize_federation(const ActionCase& about) {
  const std::string resource = "arn:aws:sts::" + about.identity.account_id + ":federated-user/" +
                               std::string(about.request.action->get("Name"));
  const ActionFacts facts(about.request, about.identity, nullptr, nullptr);
  const PolicyQuestion question{about.identity, "sts:GetFederationToken", resource, &facts};
  const Decision own = own_decision(about.policies.about_arns_of(about.identity), question);
  if (own == Decision::kAllow) return {};
  return fail(refusal(about.identity, question.action, resource,
                      "no policy of the sender allows sts:GetFederationToken"));
}

}  // namespace

S3Result<void> authorize_action(const ActionCase& about) {
  const std::string_view name = about.request.operation.name;
  const bool makes_from_user = name == "GetSessionToken" || name == "GetFederationToken";
  if (makes_from_user && about.identity.session) {
    return fail(S3ErrorCode::AccessDenied,
                "Cannot call " + std::string(name) + " with session credentials");
  }
  if (name == "AssumeRole") return authorize_assume_role(about);
  if (name == "AssumeRoleWithWebIdentity") return authorize_web_identity(about);
  if (name == "GetFederationToken") return authorize_federation(about);
  return {};
}

}  // namespace pail::access
