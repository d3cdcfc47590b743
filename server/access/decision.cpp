#include "access/decision.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "access/acl.h"

namespace pail::access {
namespace {

template <std::size_t kCount>
bool contains(const std::array<std::string_view, kCount>& actions, std::string_view action) {
  return std::ranges::find(actions, action) != actions.end();
}

constexpr auto kReadActions = std::to_array<std::string_view>(
    {"s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAttributes", "s3:ListBucket"});

constexpr auto kWriteActions = std::to_array<std::string_view>(
    {"s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts",
     "s3:ListBucketMultipartUploads"});

/// What the owner's account can do whatever the policy says, so that nobody locks himself out, as
/// AWS has it.
constexpr auto kPolicyActions = std::to_array<std::string_view>(
    {"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"});

/// Actions on keys that the owner of the bucket may do whoever owns the object.
constexpr auto kBucketOwnerActions = std::to_array<std::string_view>(
    {"s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload",
     "s3:ListMultipartUploadParts", "s3:RestoreObject", "s3:BypassGovernanceRetention",
     "s3:PutObjectRetention", "s3:PutObjectLegalHold"});

constexpr auto kVersionedActions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"s3:DeleteObject", "s3:DeleteObjectVersion"},
    {"s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"},
    {"s3:GetObject", "s3:GetObjectVersion"},
    {"s3:GetObjectAcl", "s3:GetObjectVersionAcl"},
    {"s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"},
    {"s3:GetObjectTagging", "s3:GetObjectVersionTagging"},
    {"s3:GetObjectTorrent", "s3:GetObjectVersionTorrent"},
    {"s3:PutObjectAcl", "s3:PutObjectVersionAcl"},
    {"s3:PutObjectTagging", "s3:PutObjectVersionTagging"},
});

bool grants(StartAccess access, std::string_view action) {
  if (access == StartAccess::kPrivate) return false;
  return contains(kReadActions, action) ||
         (access == StartAccess::kPublicReadWrite && contains(kWriteActions, action));
}

std::string resource_of(const AccessCase& about) {
  if (about.bucket == nullptr) return {};
  std::string resource = about.bucket->name;
  if (!about.key.empty()) resource.append(1, '/').append(about.key);
  return resource;
}

Ruling allow() { return {true, {}}; }
Ruling refuse(std::string reason) { return {false, std::move(reason)}; }
Ruling refuse_by(const Verdict& verdict, std::string_view owner) {
  return refuse("refused by " + describe(verdict, owner));
}

/// The three kinds of policies, each asked once.
struct Verdicts {
  Verdict bucket;
  Verdict identity;
  Verdict session;
  bool identity_allows = false;
};

Verdicts ask_policies(const AccessCase& about) {
  Verdicts verdicts;
  const bool has_policy = about.access != nullptr && about.access->policy;
  if (!has_policy && about.policies.identity.empty() && about.policies.session.empty()) {
    verdicts.identity_allows = !about.identity.is_anonymous();
    return verdicts;
  }
  const std::string resource = resource_of(about);
  const PolicyQuestion question{about.identity, about.action, resource, about.context};
  if (has_policy) {
    verdicts.bucket = evaluate(*about.access->policy, question);
  }
  verdicts.identity = evaluate(about.policies.identity, question);
  verdicts.session = evaluate(about.policies.session, question);
  verdicts.identity_allows =
      !about.identity.is_anonymous() &&
      (about.policies.identity.empty() || verdicts.identity.decision == Decision::kAllow);
  return verdicts;
}

std::optional<Ruling> find_denial(const AccessCase& about, const Verdicts& verdicts) {
  if (verdicts.identity.decision == Decision::kDeny) {
    return refuse_by(verdicts.identity, "the sender's policy");
  }
  if (verdicts.session.decision == Decision::kDeny) {
    return refuse_by(verdicts.session, "the session policy");
  }
  if (!about.policies.session.empty() && verdicts.session.decision != Decision::kAllow) {
    return refuse("the session policy does not allow " + std::string(about.action));
  }
  if (verdicts.bucket.decision == Decision::kDeny) {
    return refuse_by(verdicts.bucket, "the bucket policy of '" + about.bucket->name + "'");
  }
  return std::nullopt;
}

/// The object of the request if somebody else than the bucket's owner owns it, and if that decides.
const model::ObjectVersion* find_foreign_object(const AccessCase& about) {
  const bool may_matter = !about.key.empty() && about.access->has_acls() &&
                          !contains(kBucketOwnerActions, about.action) && about.object != nullptr;
  if (!may_matter) return nullptr;
  const model::ObjectVersion* object = about.object->find();
  return object != nullptr && object->owner_id != about.bucket->owner_id ? object : nullptr;
}

bool acl_grants(const AccessCase& about) {
  if (!about.access->has_acls()) return false;
  const bool ignore_public = about.access->block.ignore_public_acls;
  if (const auto permission = permission_for(about.action, AclTarget::kBucket)) {
    return acl_allows(about.access->acl, about.bucket->owner_id, about.identity, *permission,
                      ignore_public);
  }
  const auto permission = permission_for(about.action, AclTarget::kObject);
  if (!permission || about.key.empty() || about.object == nullptr) return false;
  const model::ObjectVersion* object = about.object->find();
  return object != nullptr && acl_allows(object->attributes.acl, object->owner_id, about.identity,
                                         *permission, ignore_public);
}

/// Whether somebody from outside the owner's account has been let in.
bool resource_grants(const AccessCase& about, const Verdicts& verdicts, bool is_foreign) {
  const bool policy_counts = !is_foreign && !(about.access->policy_is_public &&
                                              about.access->block.restrict_public_buckets);
  if (policy_counts && verdicts.bucket.decision == Decision::kAllow) return true;
  if (grants(about.start_access, about.action)) return true;
  return acl_grants(about);
}

/// What would have let the sender in if the public access block did not say otherwise.
std::string blocked_grant(const AccessCase& about) {
  const PublicAccessBlock& block = about.access->block;
  if (about.access->policy_is_public && block.restrict_public_buckets) {
    return "; its policy is public, but the public access block (RestrictPublicBuckets) keeps "
           "everybody from outside the account away";
  }
  if (about.access->acl && is_public(*about.access->acl) && block.ignore_public_acls) {
    return "; its ACL is public, but the public access block (IgnorePublicAcls) ignores it";
  }
  return {};
}

std::string missing_grant(const AccessCase& about) {
  const std::string action(about.action);
  const std::string bucket = "bucket '" + about.bucket->name + "'";
  if (about.identity.is_anonymous()) {
    return "the request is not signed, and neither the policy of " + bucket +
           " nor an ACL nor a start option lets everybody do " + action + blocked_grant(about);
  }
  return bucket +
         " belongs to another account, and neither its policy nor an ACL lets this "
         "sender do " +
         action + blocked_grant(about);
}

std::string not_by_sender(const AccessCase& about) {
  return "no policy of " + about.identity.user_name + " allows " + std::string(about.action);
}

}  // namespace

Ruling decide(const AccessCase& about) {
  const Verdicts verdicts = ask_policies(about);
  const auth::Identity& identity = about.identity;
  if (about.bucket == nullptr) {
    if (auto denial = find_denial(about, verdicts)) return *denial;
    if (identity.is_anonymous()) return refuse("the request is not signed");
    return verdicts.identity_allows ? allow() : refuse(not_by_sender(about));
  }
  const bool owns_bucket =
      !identity.is_anonymous() && identity.canonical_id == about.bucket->owner_id;
  if (owns_bucket && about.policies.identity.empty() && about.policies.session.empty() &&
      contains(kPolicyActions, about.action)) {
    return allow();
  }
  if (auto denial = find_denial(about, verdicts)) return *denial;
  const model::ObjectVersion* foreign = find_foreign_object(about);
  const bool owns = foreign ? identity.canonical_id == foreign->owner_id : owns_bucket;
  if (owns && !identity.is_anonymous()) {
    const bool by_bucket = foreign == nullptr && verdicts.bucket.decision == Decision::kAllow &&
                           !verdicts.bucket.is_delegated;
    return verdicts.identity_allows || by_bucket ? allow() : refuse(not_by_sender(about));
  }
  if (!resource_grants(about, verdicts, foreign != nullptr)) return refuse(missing_grant(about));
  if (identity.is_anonymous() || verdicts.identity_allows) return allow();
  return refuse(not_by_sender(about));
}

std::string_view versioned_action(std::string_view action) {
  for (const auto& [plain, versioned] : kVersionedActions) {
    if (plain == action) return versioned;
  }
  return action;
}

}  // namespace pail::access
