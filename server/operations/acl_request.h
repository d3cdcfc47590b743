#pragma once

#include <string_view>

#include "access/acl.h"
#include "access/authorizer.h"
#include "error/s3_error.h"
#include "model/acl.h"

namespace pail::operations {

/// The ACL that a PutBucketAcl or PutObjectAcl gives, in headers or as a document, for a resource
/// of that owner. Fails as AWS was recorded to: MissingSecurityHeader (neither), UnexpectedContent
/// (both), and as parse_acl_headers() and parse_acl_document() do.
S3Result<model::Acl> parse_acl_request(const access::AuthorizedRequest& request,
                                       std::string_view owner_id, const auth::Directory& directory);

/// Whether the bucket takes it. Fails: AccessControlListNotSupported where ACLs are off;
/// AccessDenied for a public ACL where those are blocked.
S3Result<void> check_acl_is_taken(const access::BucketAccess& access, const model::Acl& acl);

}  // namespace pail::operations
