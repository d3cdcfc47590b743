#pragma once

#include "error/s3_error.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "protocol/copy_source.h"
#include "store/store.h"

namespace pail::operations {

/// The object that a copy or a part is taken from, with its bytes, if the conditions hold. Fails:
/// NoSuchBucket and NoSuchKey with the source's names, AccessDenied instead of the latter for who
/// may not list the source's bucket, PreconditionFailed, InvalidObjectState (archived).
S3Result<store::StoredObject> find_copy_source(OperationContext& context,
                                               const auth::Identity& identity,
                                               const protocol::CopySource& source,
                                               const protocol::ReadConditions& conditions);

}  // namespace pail::operations
