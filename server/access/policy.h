#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.h"
#include "error/s3_error.h"

namespace pail::access {

enum class Effect { kAllow, kDeny };

/// One entry of a Principal element.
struct Principal {
  enum class Kind {
    kEverybody,      // "*", anonymous requests included
    kAccount,        // "123456789012" or "arn:aws:iam::123456789012:root"
    kUser,           // "arn:aws:iam::123456789012:user/name"
    kCanonicalUser,  // a canonical user id
    kElse,           // services, roles, federated users: nobody who can come here
  };
  Kind kind = Kind::kElse;
  std::string account_id;
  std::string name;  // user name or canonical id
};

/// A list that an element such as Action or NotAction gives.
template <typename T>
struct Match {
  std::vector<T> any_of;
  bool is_negated = false;  // the Not... form: everything else
};

/// One statement of a policy. A value.
struct Statement {
  Effect effect = Effect::kDeny;
  Match<Principal> principals;
  Match<std::string> actions;    // patterns, in lower case
  Match<std::string> resources;  // patterns of what follows "arn:aws:s3:::"
  /// Whether it depends on what is not understood yet (Condition, policy variables). Then an Allow
  /// never applies and a Deny always does: nothing is ever let through by misunderstanding.
  bool is_conditional = false;
};

/// A bucket policy, read. A value.
struct Policy {
  std::vector<Statement> statements;
};

/// The most that AWS takes.
inline constexpr std::size_t kPolicyBytesMost = std::size_t{20} * 1024;

/// Reads and checks the policy of a bucket. Fails: MalformedPolicy with AWS's message for each way
/// to be wrong and, where AWS has it, Detail.
S3Result<Policy> parse_policy(std::string_view text, std::string_view bucket_name);

/// What a policy is asked.
struct PolicyQuestion {
  const auth::Identity& identity;
  std::string_view action;  // "s3:GetObject"
  /// "bucket" or "bucket/key".
  std::string_view resource;
};

enum class Decision { kNoStatement, kAllow, kDeny };

/// An explicit Deny wins over every Allow.
Decision evaluate(const Policy& policy, const PolicyQuestion& question);

}  // namespace pail::access
