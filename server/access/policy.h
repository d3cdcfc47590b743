#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/condition.h"
#include "access/condition_context.h"
#include "access/principal.h"
#include "access/text_pattern.h"
#include "auth/identity.h"
#include "error/s3_error.h"

namespace pail::access {

enum class Effect { kAllow, kDeny };

/// A list that an element such as Action or NotAction gives.
template <typename T>
struct Match {
  std::vector<T> any_of;
  bool is_negated = false;  // the Not... form: everything else
};

/// One statement of a policy. A value.
struct Statement {
  std::string sid;  // empty: it has none
  Effect effect = Effect::kDeny;
  Match<Principal> principals;        // of an identity policy: everybody, since it has a bearer
  Match<TextPattern> actions;         // to be asked in lower case
  Match<TextPattern> resources;       // of what follows "arn:aws:s3:::"
  std::vector<Condition> conditions;  // all of them
};

/// A policy, read: of a bucket, of an identity or of a session. A value.
struct Policy {
  std::vector<Statement> statements;
};

/// The most that AWS takes of a bucket policy, without white space between its tokens.
inline constexpr std::size_t kPolicyBytesMost = std::size_t{20} * 1024;
/// The most that is read at all, white space included.
inline constexpr std::size_t kPolicyTextBytesMost = 4 * kPolicyBytesMost;

/// Reads and checks the policy of a bucket. Fails: MalformedPolicy with AWS's message for each way
/// to be wrong and, where AWS has it, Detail.
S3Result<Policy> parse_policy(std::string_view text, std::string_view bucket_name);

/// Reads and checks a policy that belongs to a user, a role or a session: it has no Principal, and
/// may speak of any service. Statements about other services than S3 never apply. Fails:
/// MalformedPolicy with IAM's message (IAM itself calls the code MalformedPolicyDocument).
S3Result<Policy> parse_identity_policy(std::string_view text);

/// Reads the same policy for questions about another service: the resources of its statements are
/// whole ARNs, to be asked for as such ("arn:aws:iam::111122223333:role/reader"). Fails likewise.
S3Result<Policy> parse_identity_policy_for_arns(std::string_view text);

/// What a policy is asked.
struct PolicyQuestion {
  const auth::Identity& identity;
  std::string_view action;  // "s3:GetObject"
  /// "bucket" or "bucket/key"; empty: the whole service.
  std::string_view resource;
  /// nullptr: nothing is known of the request. Then an Allow with conditions never applies and a
  /// Deny with conditions always does, so that nothing is let through by ignorance.
  const ConditionContext* context = nullptr;
};

enum class Decision { kNoStatement, kAllow, kDeny };

/// What a policy says, and why. Refers to the policy.
struct Verdict {
  Decision decision = Decision::kNoStatement;
  /// The statement that decided; nullptr if none applies.
  const Statement* statement = nullptr;
  std::size_t index = 0;  // of the statement
  /// Of an Allow: only the sender's account is named, not he: his account has to allow it as well,
  /// by a policy of his own.
  bool is_delegated = false;
};

/// An explicit Deny wins over every Allow.
Verdict evaluate(const Policy& policy, const PolicyQuestion& question);

/// What several policies of one kind say together.
Verdict evaluate(const std::vector<std::shared_ptr<const Policy>>& policies,
                 const PolicyQuestion& question);

/// For people: "statement 'DenyUnencrypted' of the bucket policy", with `owner` "the bucket
/// policy".
std::string describe(const Verdict& verdict, std::string_view owner);

}  // namespace pail::access
