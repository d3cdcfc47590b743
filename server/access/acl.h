#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/directory.h"
#include "auth/identity.h"
#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/acl.h"

// Access control lists: how requests give them and what they allow.
namespace pail::access {

inline constexpr std::string_view kAllUsersGroup =
    "http://acs.amazonaws.com/groups/global/AllUsers";
inline constexpr std::string_view kAuthenticatedUsersGroup =
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
inline constexpr std::string_view kLogDeliveryGroup =
    "http://acs.amazonaws.com/groups/s3/LogDelivery";

enum class AclTarget { kBucket, kObject };

/// Canonical user ids: who owns the resource, and who owns the bucket that it lies in.
struct AclOwners {
  std::string_view owner_id;
  std::string_view bucket_owner_id;
};

/// The ACL of a canned name, e.g. "public-read"; nothing if there is no such name.
std::optional<model::Acl> expand_canned_acl(std::string_view name, const AclOwners& owners);

/// Whether a request gives an ACL in headers: x-amz-acl or x-amz-grant-*.
bool has_acl_headers(const http::HeaderMap& headers);

/// What x-amz-acl or the x-amz-grant-* headers say; nothing if there are none. Fails as AWS was
/// recorded to: InvalidArgument (unknown canned name, grantee or form), InvalidRequest (both kinds
/// at once), UnresolvableGrantByEmailAddress.
S3Result<std::optional<model::Acl>> parse_acl_headers(const http::HeaderMap& headers,
                                                      const AclOwners& owners,
                                                      const auth::Directory& directory);

/// An AccessControlPolicy document. Fails: MalformedACLError, InvalidArgument,
/// UnresolvableGrantByEmailAddress; AccessDenied if its Owner is somebody else than `owner_id`.
S3Result<model::Acl> parse_acl_document(std::string_view xml, std::string_view owner_id,
                                        const auth::Directory& directory);

/// The grants of a document that render_acl() made, whether or not their grantees still exist.
S3Result<model::Acl> read_stored_acl(std::string_view xml);

/// The document as GetBucketAcl and GetObjectAcl return it. No ACL: the owner's FULL_CONTROL.
std::string render_acl(const std::optional<model::Acl>& acl, std::string_view owner_id);

/// Who a request would hand rights to besides the owner: what public access blocks refuse.
bool is_public(const model::Acl& acl);

/// Whether the ACL is as good as none where access control lists are off: nothing but FULL_CONTROL
/// of the bucket owner.
bool is_bucket_owner_full_control(const model::Acl& acl, std::string_view bucket_owner_id);

/// Whether the ACL lets somebody do what needs `permission`. Grants to the public are left out with
/// `ignore_public`. The owner of the resource may always read and write the ACL.
bool acl_allows(const std::optional<model::Acl>& acl, std::string_view owner_id,
                const auth::Identity& identity, model::Permission permission, bool ignore_public);

/// The permission of an ACL that an action needs, e.g. s3:GetObject on an object: READ. Nothing: no
/// ACL can grant it.
std::optional<model::Permission> permission_for(std::string_view action, AclTarget target);

}  // namespace pail::access
