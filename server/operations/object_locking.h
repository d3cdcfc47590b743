#pragma once

#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object.h"
#include "operations/body_intake.h"
#include "operations/operation.h"

// Object lock where objects are written and read.
namespace pail::operations {

/// The lock of an object that a request writes: from its headers (those that a presigned URL or a
/// form has instead included), else what the bucket locks by default. Fails: InvalidArgument as
/// parse_object_lock_headers() and for anonymous senders, InvalidRequest (the bucket has no object
/// lock), AccessDenied (may not s3:PutObjectRetention or s3:PutObjectLegalHold).
S3Result<model::ObjectLock> plan_lock(OperationContext& context, const AuthorizedRequest& request,
                                      const http::HeaderMap& headers);

/// AWS wants to know of bytes that will be locked that they arrived whole; `what` is "Put Object"
/// or "Put Part". Fails: InvalidRequest.
S3Result<void> require_locked_digest(const model::ObjectLock& lock, const BodyDeclaration& body,
                                     std::string_view what);

/// Tells a reader of the version's lock as far as he may know of it (s3:GetObjectRetention,
/// s3:GetObjectLegalHold).
void announce_lock(const OperationContext& context, const AuthorizedRequest& request,
                   const model::ObjectVersion& version, http::HeaderMap& out);

}  // namespace pail::operations
