#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "access/decision.h"
#include "access/policy.h"
#include "auth/directory.h"
#include "auth/identity.h"

namespace pail::access {

/// The policies of users and roles, read once at start. Thread-safe once made.
class SenderPolicyBook {
 public:
  /// Also reads the trust policies of roles. Fails with a sentence that names the user or role
  /// whose policy can not be read.
  static Result<SenderPolicyBook, std::string> read(const auth::Directory& directory);

  /// The policies that go with a sender. Those of a session are read anew; one that can not be read
  /// allows nothing.
  [[nodiscard]] SenderPolicies of(const auth::Identity& identity) const;
  /// The same policies, read for questions about other services than S3: see
  /// parse_identity_policy_for_arns().
  [[nodiscard]] SenderPolicies about_arns_of(const auth::Identity& identity) const;
  /// Who may assume the role; nullptr if it does not say.
  [[nodiscard]] const Policy* trust_of(std::string_view role_arn) const;

 private:
  using Policies = std::vector<std::shared_ptr<const Policy>>;
  Result<void, std::string> add(const std::string& arn, const std::vector<std::string>& texts);

  std::map<std::string, Policies, std::less<>> by_arn_;
  std::map<std::string, Policies, std::less<>> about_arns_;
  std::map<std::string, Policy, std::less<>> trust_;
};

}  // namespace pail::access
