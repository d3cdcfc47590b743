#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/bucket_access.h"
#include "access/condition_context.h"
#include "access/object_lookup.h"
#include "auth/identity.h"
#include "model/bucket.h"
#include "model/object.h"

namespace pail::access {

/// What everybody may do with a bucket by start option, unless its policy denies it: read and list,
/// or also write and delete objects.
enum class StartAccess { kPrivate, kPublicRead, kPublicReadWrite };

/// The policies that go with a sender; several of one kind count as one. A value.
struct SenderPolicies {
  /// Of his user or role. None: he may do what his account may.
  std::vector<std::shared_ptr<const Policy>> identity;
  /// Of his session: he may do no more than these allow. None: no such limit.
  std::vector<std::shared_ptr<const Policy>> session;
};

/// Everything that a decision is made from.
struct AccessCase {
  const auth::Identity& identity;
  const SenderPolicies& policies;
  std::string_view action;  // "s3:GetObjectVersion"
  /// nullptr: about the service, or a bucket that is to be made.
  const model::Bucket* bucket = nullptr;
  std::string_view key = {};  // empty: about the bucket
  const BucketAccess* access = nullptr;
  StartAccess start_access = StartAccess::kPrivate;
  const ConditionContext* context = nullptr;
  /// Asked only where its owner or its ACL matters; nullptr: the request is about no object.
  ObjectLookup* object = nullptr;
};

struct Ruling {
  bool is_allowed = false;
  /// For people, of a refusal: what refused, or what is missing.
  std::string reason;
};

/// As AWS decides ("How Amazon S3 authorizes a request"): an explicit deny anywhere refuses. Within
/// the account that owns the resource the sender's own policies or the bucket's policy suffice;
/// senders from elsewhere need both, anonymous ones the bucket's policy, an ACL or the start
/// option. Objects of other owners are judged by their ACL instead. Pure but for the look-up of the
/// object.
Ruling decide(const AccessCase& about);

/// The action that a policy is asked for when the request names a version: s3:GetObject becomes
/// s3:GetObjectVersion; others stay.
std::string_view versioned_action(std::string_view action);

}  // namespace pail::access
