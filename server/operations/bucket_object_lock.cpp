#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/object_lock_document.h"
#include "operations/operation.h"
#include "operations/versioning.h"

namespace pail::operations {

using model::document_kind::kObjectLock;

struct PutObjectLockConfiguration : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto retention, parse_object_lock_configuration(request.document()));
    if (versioning_of(request.bucket()) != Versioning::kEnabled) {
      return fail(
          S3ErrorCode::InvalidBucketState,
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    }
    return change_document(request, kObjectLock, render_object_lock_configuration(retention));
  }
};
PAIL_OPERATION(PutObjectLockConfiguration);

struct GetObjectLockConfiguration
    : ReadsBucketDocument<kObjectLock, S3ErrorCode::ObjectLockConfigurationNotFoundError> {};
PAIL_OPERATION(GetObjectLockConfiguration);

}  // namespace pail::operations
