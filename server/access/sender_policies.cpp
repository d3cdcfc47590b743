#include "access/sender_policies.h"

#include <utility>

#include "access/trust_policy.h"
#include "error/try.h"

namespace pail::access {
namespace {

std::vector<std::shared_ptr<const Policy>> read_session_policies(
    const auth::Session& session, S3Result<Policy> (*parse)(std::string_view)) {
  std::vector<std::shared_ptr<const Policy>> policies;
  for (const std::string& text : session.policies) {
    auto policy = parse(text);
    policies.push_back(
        std::make_shared<const Policy>(policy ? std::move(policy).value() : Policy{}));
  }
  return policies;
}

}  // namespace

Result<void, std::string> SenderPolicyBook::add(const std::string& arn,
                                                const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    auto policy = parse_identity_policy(text);
    if (!policy) {
      return Unexpected{"the policy of " + arn + " can not be read: " + policy.error().message};
    }
    by_arn_[arn].push_back(std::make_shared<const Policy>(std::move(policy).value()));
    if (auto about_arns = parse_identity_policy_for_arns(text)) {
      about_arns_[arn].push_back(std::make_shared<const Policy>(std::move(about_arns).value()));
    }
  }
  return {};
}

Result<SenderPolicyBook, std::string> SenderPolicyBook::read(const auth::Directory& directory) {
  SenderPolicyBook book;
  for (const auth::User* user : directory.users()) PAIL_CHECK(book.add(user->arn, user->policies));
  for (const auth::Role* role : directory.roles()) {
    PAIL_CHECK(book.add(role->arn, role->policies));
    if (role->trust_policy.empty()) continue;
    auto trust = parse_trust_policy(role->trust_policy);
    if (!trust) {
      return Unexpected{"the trust policy of " + role->arn +
                        " can not be read: " + trust.error().message};
    }
    book.trust_.emplace(role->arn, std::move(trust).value());
  }
  return book;
}

SenderPolicies SenderPolicyBook::of(const auth::Identity& identity) const {
  SenderPolicies policies;
  const auto own = by_arn_.find(identity.policy_bearer_arn);
  if (own != by_arn_.end()) policies.identity = own->second;
  if (identity.session) {
    policies.session = read_session_policies(*identity.session, parse_identity_policy);
  }
  return policies;
}

SenderPolicies SenderPolicyBook::about_arns_of(const auth::Identity& identity) const {
  SenderPolicies policies;
  const auto own = about_arns_.find(identity.policy_bearer_arn);
  if (own != about_arns_.end()) policies.identity = own->second;
  if (identity.session) {
    policies.session = read_session_policies(*identity.session, parse_identity_policy_for_arns);
  }
  return policies;
}

const Policy* SenderPolicyBook::trust_of(std::string_view role_arn) const {
  const auto found = trust_.find(role_arn);
  return found == trust_.end() ? nullptr : &found->second;
}

}  // namespace pail::access
