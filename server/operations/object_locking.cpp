#include "operations/object_locking.h"

#include <string>

#include "error/try.h"
#include "operations/object_lock.h"
#include "operations/object_lock_document.h"
#include "protocol/object_lock_headers.h"

namespace pail::operations {
namespace {

S3Result<void> require(const OperationContext& context, const AuthorizedRequest& request,
                       std::string_view action) {
  PAIL_CHECK(context.authorizer.require(request, {action, request.bucket_name(), request.key()}));
  return {};
}

/// Whether the sender may lock what he writes.
S3Result<void> check_sender(const OperationContext& context, const AuthorizedRequest& request,
                            const model::ObjectLock& lock) {
  if (request.identity().is_anonymous()) {
    return fail(
        S3Error(S3ErrorCode::InvalidArgument,
                "Put Object requests with Object Lock parameters require AWS Signature Version 4")
            .with("ArgumentName", "Authorization"));
  }
  if (!has_object_lock(request.bucket())) {
    return fail(S3ErrorCode::InvalidRequest, "Bucket is missing ObjectLockConfiguration");
  }
  if (lock.retention) PAIL_CHECK(require(context, request, "s3:PutObjectRetention"));
  if (lock.legal_hold) PAIL_CHECK(require(context, request, "s3:PutObjectLegalHold"));
  return {};
}

}  // namespace

S3Result<model::ObjectLock> plan_lock(OperationContext& context, const AuthorizedRequest& request,
                                      const http::HeaderMap& headers) {
  const time::Timestamp now = context.clock.now();
  PAIL_TRY(auto lock, protocol::parse_object_lock_headers(headers, now));
  if (lock != model::ObjectLock()) PAIL_CHECK(check_sender(context, request, lock));
  if (lock.retention || !has_object_lock(request.bucket())) return lock;
  if (const auto wanted = default_retention_of(request.bucket())) {
    lock.retention = start_retention(*wanted, now);
  }
  return lock;
}

S3Result<void> require_locked_digest(const model::ObjectLock& lock, const BodyDeclaration& body,
                                     std::string_view what) {
  if (lock == model::ObjectLock() || body.algorithm || !body.content_md5.empty()) return {};
  return fail(S3Error(S3ErrorCode::InvalidRequest,
                      "Content-MD5 OR x-amz-checksum- HTTP header is required for " +
                          std::string(what) + " requests with Object Lock parameters")
                  .because("the bucket or the request locks the object; the hash of the body that "
                           "the signature covers does not count"));
}

void announce_lock(const OperationContext& context, const AuthorizedRequest& request,
                   const model::ObjectVersion& version, http::HeaderMap& out) {
  const model::ObjectLock& lock = version.attributes.lock;
  if (lock.retention && require(context, request, "s3:GetObjectRetention")) {
    protocol::add_retention_headers(*lock.retention, out);
  }
  if (lock.legal_hold && require(context, request, "s3:GetObjectLegalHold")) {
    protocol::add_legal_hold_header(*lock.legal_hold, out);
  }
}

}  // namespace pail::operations
