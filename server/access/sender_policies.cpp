#include "access/sender_policies.h"

#include <utility>

#include "error/try.h"

namespace pail::access {

Result<void, std::string> SenderPolicyBook::add(const std::string& arn,
                                                const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    auto policy = parse_identity_policy(text);
    if (!policy) {
      return Unexpected{"the policy of " + arn + " can not be read: " + policy.error().message};
    }
    by_arn_[arn].push_back(std::make_shared<const Policy>(std::move(policy).value()));
  }
  return {};
}

Result<SenderPolicyBook, std::string> SenderPolicyBook::read(const auth::Directory& directory) {
  SenderPolicyBook book;
  for (const auth::User* user : directory.users()) PAIL_CHECK(book.add(user->arn, user->policies));
  for (const auth::Role* role : directory.roles()) PAIL_CHECK(book.add(role->arn, role->policies));
  return book;
}

SenderPolicies SenderPolicyBook::of(const auth::Identity& identity) const {
  SenderPolicies policies;
  const auto own = by_arn_.find(identity.policy_bearer_arn);
  if (own != by_arn_.end()) policies.identity = own->second;
  if (!identity.session) return policies;
  for (const std::string& text : identity.session->policies) {
    auto policy = parse_identity_policy(text);
    policies.session.push_back(
        std::make_shared<const Policy>(policy ? std::move(policy).value() : Policy{}));
  }
  return policies;
}

}  // namespace pail::access
