#include "operations/copy_from.h"

#include <utility>

#include "operations/store_failure.h"

namespace pail::operations {

S3Result<store::StoredObject> find_copy_source(OperationContext& context,
                                               const auth::Identity& identity,
                                               const protocol::CopySource& source,
                                               const protocol::ReadConditions& conditions) {
  const auto bucket = context.store.find_bucket(source.bucket);
  if (!bucket) {
    return fail(S3Error(S3ErrorCode::NoSuchBucket).with("BucketName", source.bucket));
  }
  auto found =
      context.store.find_object(bucket->id, source.key, std::nullopt, store::Read::kWithContent);
  if (found && found->version.is_delete_marker) {
    found = Unexpected{store::StoreError{store::StoreErrorKind::kNoSuchObject, {}, {}}};
  }
  if (!found) {
    // Who may not list learns nothing about which keys there are.
    PAIL_CHECK(context.authorizer.require(identity, "s3:ListBucket", source.bucket, {}));
    return store_failure(std::move(found).error(), {.bucket = source.bucket, .key = source.key});
  }
  PAIL_CHECK(
      protocol::check_copy_source_conditions(conditions, found->version, context.clock.now()));
  const std::string& storage_class = found->version.attributes.storage_class;
  if (storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE") {
    return fail(S3ErrorCode::InvalidObjectState,
                "Operation is not valid for the source object's storage class");
  }
  return std::move(*found);
}

}  // namespace pail::operations
