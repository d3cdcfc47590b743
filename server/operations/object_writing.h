#pragma once

#include <string>

#include "error/s3_error.h"
#include "model/checksum.h"
#include "model/object.h"
#include "operations/body_intake.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "task/task.h"

namespace pail::operations {

/// What the answer says of an object that was just written.
struct WrittenObject {
  std::string etag;  // without quotes
  model::Checksum checksum;
};

/// Makes a body that was taken the current object of the request's key, whole: what PutObject and
/// PostObject end with. Fails: PreconditionFailed and its kin (`conditions`), NoSuchBucket,
/// InternalError.
Task<S3Result<WrittenObject>> write_object(OperationContext& context,
                                           const AuthorizedRequest& request, TakenBody taken,
                                           model::ObjectAttributes attributes,
                                           protocol::WriteConditions conditions);

}  // namespace pail::operations
