#include "access/bucket_settings.h"

#include "access/acl.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"

// Object ownership and the public access block of a bucket.
namespace pail::operations {

using model::document_kind::kOwnershipControls;
using model::document_kind::kPublicAccessBlock;

struct PutBucketOwnershipControls : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto ownership, access::parse_ownership_controls(request.document()));
    return change_document(request, kOwnershipControls,
                           access::render_ownership_controls(ownership));
  }

  /// ACLs can not be switched off while they give rights to others, which would be lost (documented
  /// for InvalidBucketAclWithObjectOwnership).
  static S3Result<void> require(const access::Authorizer& authorizer,
                                const AuthorizedRequest& request, const Input& change) {
    const auto ownership = access::parse_ownership_controls(*change.body).value();
    PAIL_CHECK(authorizer.judge(
        request, {.object_ownership = std::string(access::ownership_name(ownership))}));
    const auto access = authorizer.access_of(request.bucket());
    const bool switches_off = ownership == access::ObjectOwnership::kBucketOwnerEnforced;
    if (switches_off && access->acl &&
        !access::is_bucket_owner_full_control(*access->acl, request.bucket().owner_id)) {
      return fail(S3ErrorCode::InvalidBucketAclWithObjectOwnership);
    }
    return {};
  }
};
PAIL_OPERATION(PutBucketOwnershipControls);

struct GetBucketOwnershipControls
    : ReadsBucketDocument<kOwnershipControls, S3ErrorCode::OwnershipControlsNotFoundError> {};
PAIL_OPERATION(GetBucketOwnershipControls);

struct DeleteBucketOwnershipControls : DeletesBucketDocument<kOwnershipControls> {};
PAIL_OPERATION(DeleteBucketOwnershipControls);

struct PutPublicAccessBlock : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto block, access::parse_public_access_block(request.document()));
    return change_document(request, kPublicAccessBlock, access::render_public_access_block(block));
  }
};
PAIL_OPERATION(PutPublicAccessBlock);

struct GetPublicAccessBlock
    : ReadsBucketDocument<kPublicAccessBlock, S3ErrorCode::NoSuchPublicAccessBlockConfiguration> {};
PAIL_OPERATION(GetPublicAccessBlock);

struct DeletePublicAccessBlock : DeletesBucketDocument<kPublicAccessBlock> {};
PAIL_OPERATION(DeletePublicAccessBlock);

}  // namespace pail::operations
