#include "operations/object_writing.h"

#include <chrono>
#include <utility>

#include "operations/object_encryption.h"
#include "operations/object_locking.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/object_headers.h"

namespace pail::operations {

S3Result<WritePlan> plan_write(OperationContext& context, const AuthorizedRequest& request,
                               const http::HeaderMap& headers, model::ObjectAttributes attributes) {
  PAIL_TRY(auto grants, context.authorizer.plan_write(request, headers));
  attributes.acl = std::move(grants.acl);
  PAIL_TRY(auto choice, choose_encryption(context, request, headers));
  attributes.encryption = std::move(choice.encryption);
  PAIL_TRY(attributes.lock, plan_lock(context, request, headers));
  return WritePlan{std::move(attributes), std::move(grants.owner_id), std::move(choice.key)};
}

http::HeaderMap written_headers(const OperationContext& context, const model::Bucket& bucket,
                                const model::ObjectVersion& version) {
  http::HeaderMap headers;
  encryption::add_encryption_headers(version.attributes.encryption, headers);
  encryption::add_context_header(version.attributes.encryption, headers);
  add_version_header(shown_version_id(bucket, version.version_id), headers);
  lifecycle::add_expiration_header(context.lifecycle->expiration_of(bucket, version), headers);
  return headers;
}

Task<S3Result<WrittenObject>> write_object(OperationContext& context,
                                           const AuthorizedRequest& request, TakenBody&& taken,
                                           WritePlan&& plan, protocol::WriteConditions conditions) {
  model::ObjectVersion version;
  version.key = request.key();
  version.version_id = new_version_id(context, request.bucket());
  version.size_bytes = taken.size_bytes;
  version.etag = etag_of(context, plan.attributes.encryption, std::move(taken.etag));
  version.last_modified = std::chrono::floor<std::chrono::seconds>(context.clock.now());
  version.checksum = taken.checksum;
  version.attributes = std::move(plan.attributes);
  version.owner_id = std::move(plan.owner_id);
  http::HeaderMap headers = written_headers(context, request.bucket(), version);
  std::string etag = version.etag;
  auto guard = conditional_guard(std::move(conditions),
                                 {request.bucket().id, request.key(), request.routed().received},
                                 context.deletions);
  auto stored = co_await context.store.put_object(request.bucket().id, std::move(version),
                                                  std::move(taken.content), std::move(guard));
  if (!stored) {
    co_return store_failure(std::move(stored).error(),
                            {.bucket = request.bucket_name(), .key = request.key()});
  }
  co_return WrittenObject{std::move(etag), std::move(taken.checksum), std::move(headers)};
}

}  // namespace pail::operations
