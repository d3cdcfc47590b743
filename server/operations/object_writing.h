#pragma once

#include <optional>
#include <string>

#include "encryption/customer_key.h"
#include "error/s3_error.h"
#include "model/checksum.h"
#include "model/object.h"
#include "operations/body_intake.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "task/task.h"

namespace pail::operations {

/// What a request gives the object that it writes, besides bytes. A value.
struct WritePlan {
  /// With the ACL and the encryption that the request and the bucket give.
  model::ObjectAttributes attributes;
  std::string owner_id;
  /// Of SSE-C.
  std::optional<encryption::CustomerKey> customer_key = {};
};

/// Completes what the headers of a request (those that a presigned URL or a form has instead
/// included) say of the object that it will write. To be asked before the body is, so that a client
/// that waits for 100 Continue is spared sending it. Fails as Authorizer::plan_write()
/// and choose_encryption() do.
S3Result<WritePlan> plan_write(OperationContext& context, const AuthorizedRequest& request,
                               const http::HeaderMap& headers, model::ObjectAttributes attributes);

/// What the answer says of an object that was just written.
struct WrittenObject {
  std::string etag;  // without quotes
  model::Checksum checksum;
  http::HeaderMap headers;  // see written_headers()
};

/// The headers that every answer to a write has: encryption, x-amz-version-id, x-amz-expiration.
http::HeaderMap written_headers(const OperationContext& context, const model::Bucket& bucket,
                                const model::ObjectVersion& version);

/// Makes a body that was taken the current object of the request's key, whole: what PutObject and
/// PostObject end with. What it takes has to live until it is done. Fails: PreconditionFailed and
/// its kin (`conditions`), NoSuchBucket, InternalError.
Task<S3Result<WrittenObject>> write_object(OperationContext& context,
                                           const AuthorizedRequest& request, TakenBody&& taken,
                                           WritePlan&& plan, protocol::WriteConditions conditions);

}  // namespace pail::operations
