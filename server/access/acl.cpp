#include "access/acl.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "text/ascii.h"

namespace pail::access {
namespace {

using model::Acl;
using model::Grant;
using model::Grantee;
using model::Permission;

Grant to_user(std::string_view id, Permission permission) {
  return {{Grantee::Kind::kCanonicalUser, std::string(id)}, permission};
}

Grant to_group(std::string_view uri, Permission permission) {
  return {{Grantee::Kind::kGroup, std::string(uri)}, permission};
}

bool is_public_group(const Grantee& grantee) {
  return grantee.kind == Grantee::Kind::kGroup &&
         (grantee.id == kAllUsersGroup || grantee.id == kAuthenticatedUsersGroup);
}

bool reaches(const Grantee& grantee, const auth::Identity& identity) {
  if (grantee.kind == Grantee::Kind::kCanonicalUser) {
    return !identity.is_anonymous() && grantee.id == identity.canonical_id;
  }
  return grantee.id == kAllUsersGroup ||
         (grantee.id == kAuthenticatedUsersGroup && !identity.is_anonymous());
}

struct ActionPermission {
  std::string_view action;
  Permission permission;
};

// The table "Mapping of ACL permissions and access policy permissions" of the S3 user guide.
constexpr auto kBucketPermissions = std::to_array<ActionPermission>({
    {"s3:ListBucket", Permission::kRead},
    {"s3:ListBucketVersions", Permission::kRead},
    {"s3:ListBucketMultipartUploads", Permission::kRead},
    {"s3:PutObject", Permission::kWrite},
    {"s3:DeleteObject", Permission::kWrite},
    {"s3:GetBucketAcl", Permission::kReadAcp},
    {"s3:PutBucketAcl", Permission::kWriteAcp},
});
constexpr auto kObjectPermissions = std::to_array<ActionPermission>({
    {"s3:GetObject", Permission::kRead},
    {"s3:GetObjectVersion", Permission::kRead},
    {"s3:GetObjectAttributes", Permission::kRead},
    {"s3:GetObjectVersionAttributes", Permission::kRead},
    {"s3:GetObjectTorrent", Permission::kRead},
    {"s3:GetObjectAcl", Permission::kReadAcp},
    {"s3:GetObjectVersionAcl", Permission::kReadAcp},
    {"s3:PutObjectAcl", Permission::kWriteAcp},
    {"s3:PutObjectVersionAcl", Permission::kWriteAcp},
});

std::optional<Permission> find_permission(std::span<const ActionPermission> table,
                                          std::string_view action) {
  const auto found = std::ranges::find(table, action, &ActionPermission::action);
  if (found == table.end()) return std::nullopt;
  return found->permission;
}

}  // namespace

std::optional<Acl> expand_canned_acl(std::string_view name, const AclOwners& owners) {
  Acl acl;
  acl.grants.push_back(to_user(owners.owner_id, Permission::kFullControl));
  const bool foreign = owners.owner_id != owners.bucket_owner_id;
  if (name == "private" || name == "aws-exec-read") return acl;
  if (name == "public-read" || name == "public-read-write") {
    acl.grants.push_back(to_group(kAllUsersGroup, Permission::kRead));
    if (name == "public-read-write") {
      acl.grants.push_back(to_group(kAllUsersGroup, Permission::kWrite));
    }
    return acl;
  }
  if (name == "authenticated-read") {
    acl.grants.push_back(to_group(kAuthenticatedUsersGroup, Permission::kRead));
    return acl;
  }
  if (name == "log-delivery-write") {
    acl.grants.push_back(to_group(kLogDeliveryGroup, Permission::kWrite));
    acl.grants.push_back(to_group(kLogDeliveryGroup, Permission::kReadAcp));
    return acl;
  }
  if (name == "bucket-owner-read") {
    if (foreign) acl.grants.push_back(to_user(owners.bucket_owner_id, Permission::kRead));
    return acl;
  }
  if (name == "bucket-owner-full-control") {
    if (foreign) acl.grants.push_back(to_user(owners.bucket_owner_id, Permission::kFullControl));
    return acl;
  }
  return std::nullopt;
}

bool is_public(const Acl& acl) {
  return std::ranges::any_of(acl.grants,
                             [](const Grant& grant) { return is_public_group(grant.grantee); });
}

bool is_bucket_owner_full_control(const Acl& acl, std::string_view bucket_owner_id) {
  return std::ranges::all_of(acl.grants, [bucket_owner_id](const Grant& grant) {
    return grant.permission == Permission::kFullControl &&
           grant.grantee.kind == Grantee::Kind::kCanonicalUser &&
           grant.grantee.id == bucket_owner_id;
  });
}

bool acl_allows(const std::optional<Acl>& acl, std::string_view owner_id,
                const auth::Identity& identity, Permission permission, bool ignore_public) {
  const bool is_owner = !identity.is_anonymous() && identity.canonical_id == owner_id;
  if (!acl) return is_owner;
  if (is_owner && (permission == Permission::kReadAcp || permission == Permission::kWriteAcp)) {
    return true;
  }
  return std::ranges::any_of(acl->grants, [&](const Grant& grant) {
    if (grant.permission != permission && grant.permission != Permission::kFullControl) {
      return false;
    }
    if (ignore_public && is_public_group(grant.grantee)) return false;
    return reaches(grant.grantee, identity);
  });
}

std::optional<Permission> permission_for(std::string_view action, AclTarget target) {
  if (target == AclTarget::kBucket) return find_permission(kBucketPermissions, action);
  return find_permission(kObjectPermissions, action);
}

}  // namespace pail::access
