#include "operations/deletion.h"

#include <utility>

#include "model/document_kind.h"
#include "operations/object_lock.h"
#include "operations/versioning.h"
#include "protocol/conditions.h"
#include "text/ascii.h"

namespace pail::operations {

store::Store::Deletion plan_deletion(OperationContext& context, const model::Bucket& bucket,
                                     DeletionRequest request) {
  store::Store::Deletion deletion;
  deletion.key = request.key;
  deletion.guard = protocol::delete_guard(std::move(request.if_match), std::move(request.key));
  if (!request.version_id) {
    deletion.marker = new_delete_marker(context, bucket);
    return deletion;
  }
  deletion.version_id = std::move(request.version_id);
  if (!bucket.documents.contains(model::document_kind::kObjectLock)) return deletion;
  deletion.guard = [condition = std::move(deletion.guard), now = context.clock.now(),
                    bypasses = request.bypasses_governance](
                       const model::ObjectVersion* version) -> std::optional<S3Error> {
    if (condition) {
      if (auto refusal = condition(version)) return refusal;
    }
    return version ? refuse_removal(version->attributes.lock, now, bypasses) : std::nullopt;
  };
  return deletion;
}

DeletionReport report_deletion(const OperationContext& context, const model::Bucket& bucket,
                               const store::Store::Deletion& deletion,
                               const store::Store::Deleted& deleted) {
  if (deleted.existed && !deletion.version_id) {
    context.deletions->note(bucket.id, deletion.key, context.clock.now());
  }
  if (deletion.marker) return {shown_version_id(bucket, deletion.marker->version_id), true};
  if (!deletion.version_id) return {};
  return {*deletion.version_id, deleted.was_delete_marker};
}

S3Result<bool> parse_governance_bypass(const http::HeaderMap& headers,
                                       const model::Bucket& bucket) {
  constexpr const char* kHeader = "x-amz-bypass-governance-retention";
  const auto field = headers.find(kHeader);
  if (!field) return false;
  if (bucket.documents.contains(model::document_kind::kObjectLock)) {
    return text::equals_ignore_case(*field, "true");
  }
  return fail(S3Error(S3ErrorCode::InvalidArgument,
                      "x-amz-bypass-governance-retention is only applicable to Object Lock "
                      "enabled buckets.")
                  .with("ArgumentName", kHeader));
}

}  // namespace pail::operations
