#include "operations/copy_from.h"

#include <utility>

#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/version_id.h"

namespace pail::operations {

access::Need source_need(const protocol::CopySource& source) {
  access::Need need{"s3:GetObject", source.bucket, source.key};
  if (!source.version_id.empty()) need.version_id = source.version_id;
  return need;
}

namespace {

/// The version with its bytes; a delete marker counts as none.
S3Result<store::StoreResult<store::StoredObject>> read_source(store::Store& store,
                                                              const model::Bucket& bucket,
                                                              const protocol::CopySource& source) {
  std::optional<std::string_view> version_id;
  if (!source.version_id.empty()) {
    if (!protocol::is_version_id(source.version_id)) {
      return invalid_argument("Invalid version id specified", "versionId", source.version_id);
    }
    version_id = source.version_id;
  }
  auto found = store.find_object(bucket.id, source.key, version_id, store::Read::kWithContent);
  if (!found || !found->version.is_delete_marker) return found;
  if (version_id) {
    return fail(S3ErrorCode::InvalidRequest,
                "The source of a copy request may not specifically refer to a delete marker by "
                "version id.");
  }
  return store::StoreResult<store::StoredObject>(
      Unexpected{store::StoreError{store::StoreErrorKind::kNoSuchObject, {}, {}}});
}

}  // namespace

S3Result<FoundSource> find_copy_source(OperationContext& context, const AuthorizedRequest& request,
                                       const protocol::CopySource& source,
                                       const protocol::ReadConditions& conditions) {
  const auto bucket = context.store.find_bucket(source.bucket);
  if (!bucket) {
    return fail(S3Error(S3ErrorCode::NoSuchBucket).with("BucketName", source.bucket));
  }
  PAIL_CHECK(access::check_expected_owner(request.headers(), "x-amz-source-expected-bucket-owner",
                                          *bucket));
  PAIL_TRY(auto found, read_source(context.store, *bucket, source));
  if (!found) {
    // Who may not list learns nothing about which keys there are.
    PAIL_CHECK(context.authorizer.require(request, {"s3:ListBucket", source.bucket}));
    return store_failure(
        std::move(found).error(),
        {.bucket = source.bucket, .key = source.key, .version_id = source.version_id});
  }
  PAIL_CHECK(
      protocol::check_copy_source_conditions(conditions, found->version, context.clock.now()));
  const std::string& storage_class = found->version.attributes.storage_class;
  if (storage_class == "GLACIER" || storage_class == "DEEP_ARCHIVE") {
    return fail(S3ErrorCode::InvalidObjectState,
                "Operation is not valid for the source object's storage class");
  }
  auto shown = shown_version_id(*bucket, found->version.version_id);
  return FoundSource{std::move(*found), std::move(shown)};
}

}  // namespace pail::operations
