#include "operations/acl_request.h"

#include <utility>

#include "error/try.h"
#include "text/ascii.h"

namespace pail::operations {

S3Result<model::Acl> parse_acl_request(const access::AuthorizedRequest& request,
                                       std::string_view owner_id,
                                       const auth::Directory& directory) {
  const bool in_headers = access::has_acl_headers(request.headers());
  const bool in_document = !request.document().empty();
  if (in_headers && in_document) return fail(S3ErrorCode::UnexpectedContent);
  if (in_document) return access::parse_acl_document(request.document(), owner_id, directory);
  const access::AclOwners owners{owner_id, request.bucket().owner_id};
  PAIL_TRY(auto acl, access::parse_acl_headers(request.headers(), owners, directory));
  if (acl) return std::move(*acl);
  return fail(S3Error(S3ErrorCode::MissingSecurityHeader).with("MissingHeaderName", "x-amz-acl"));
}

S3Result<void> check_acl_is_taken(const access::BucketAccess& access, const model::Acl& acl) {
  if (!access.has_acls()) {
    return fail(S3Error(S3ErrorCode::AccessControlListNotSupported)
                    .because("ACLs are off in this bucket, as in every new bucket on AWS: use a "
                             "bucket policy, or PutBucketOwnershipControls with ObjectWriter"));
  }
  if (access.block.block_public_acls && access::is_public(acl)) {
    return fail(S3Error(S3ErrorCode::AccessDenied)
                    .because("the public access block of the bucket refuses public ACLs "
                             "(BlockPublicAcls)"));
  }
  return {};
}

}  // namespace pail::operations
