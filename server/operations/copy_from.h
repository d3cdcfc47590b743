#pragma once

#include "error/s3_error.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "protocol/copy_source.h"
#include "store/store.h"

namespace pail::operations {

/// The permission to read it.
access::Need source_need(const protocol::CopySource& source);

/// What a copy or a part is taken from.
struct FoundSource {
  store::StoredObject object;
  /// For x-amz-copy-source-version-id; nothing where the source's bucket never kept versions.
  std::optional<std::string> shown_version_id;
};

/// The object version that a copy or a part is taken from, with its bytes, if the conditions hold.
/// Fails: NoSuchBucket, NoSuchKey and NoSuchVersion with the source's names, AccessDenied instead
/// of NoSuchKey for who may not list the source's bucket, InvalidArgument (no version id),
/// InvalidRequest (a delete marker by its id), PreconditionFailed, InvalidObjectState (archived).
S3Result<FoundSource> find_copy_source(OperationContext& context, const AuthorizedRequest& request,
                                       const protocol::CopySource& source,
                                       const protocol::ReadConditions& conditions);

}  // namespace pail::operations
