#include "operations/copy_from.h"

#include <utility>

#include "encryption/choice.h"
#include "operations/archive.h"
#include "operations/content_digest.h"
#include "operations/object_encryption.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"
#include "protocol/object_headers.h"
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
  PAIL_TRY(const auto headers, protocol::EffectiveHeaders::of(request.headers(), request.query()));
  PAIL_TRY(auto key, encryption::parse_customer_key(*headers, encryption::KeyUse::kCopySource));
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
  const model::Encryption& encryption = found->version.attributes.encryption;
  PAIL_CHECK(check_key(encryption, key));
  PAIL_CHECK(encryption::check_kms_decryption(encryption.kms_key_id));
  PAIL_CHECK(
      protocol::check_copy_source_conditions(conditions, found->version, context.clock.now()));
  if (!is_readable(found->version, context.clock.now())) {
    return fail(S3ErrorCode::InvalidObjectState,
                "Operation is not valid for the source object's storage class");
  }
  auto shown = shown_version_id(*bucket, found->version.version_id);
  return FoundSource{std::move(*found), std::move(shown), std::move(key)};
}

bool shares_bytes(const FoundSource& source, const model::Encryption& copy) {
  return source.object.version.attributes.encryption.kind != model::EncryptionKind::kCustomer &&
         copy.kind != model::EncryptionKind::kCustomer;
}

Task<S3Result<CopiedBytes>> copy_bytes(OperationContext& context, const FoundSource& source,
                                       std::uint64_t offset_bytes, std::uint64_t length_bytes,
                                       const CopyTarget& target, checksum::Algorithm algorithm) {
  PAIL_CO_TRY(const auto reader, open_object(context.store, source.object, source.customer_key,
                                             offset_bytes, length_bytes));
  CopiedBytes copied;
  if (shares_bytes(source, target.encryption)) {
    PAIL_CO_TRY(copied.digests, co_await digest_content(*reader, algorithm));
    copied.content = source.object.content.slice(offset_bytes, length_bytes);
    co_return copied;
  }
  const auto writer =
      begin_write(context, target.encryption, target.customer_key, target.part_number);
  PAIL_CO_TRY(copied.digests, co_await digest_content(*reader, algorithm, writer.get()));
  auto content = writer->finish();
  if (!content) co_return store_failure(std::move(content).error(), {});
  copied.content = std::move(*content);
  co_return copied;
}

}  // namespace pail::operations
