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
  /// Fails with a sentence that names the user or role whose policy can not be read.
  static Result<SenderPolicyBook, std::string> read(const auth::Directory& directory);

  /// The policies that go with a sender. Those of a session are read anew; one that can not be read
  /// allows nothing.
  [[nodiscard]] SenderPolicies of(const auth::Identity& identity) const;

 private:
  using Policies = std::vector<std::shared_ptr<const Policy>>;
  Result<void, std::string> add(const std::string& arn, const std::vector<std::string>& texts);

  std::map<std::string, Policies, std::less<>> by_arn_;
};

}  // namespace pail::access
