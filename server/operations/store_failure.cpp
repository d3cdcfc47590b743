#include "operations/store_failure.h"

#include <utility>

namespace pail::operations {

S3Error to_s3_error(store::StoreError error, const FailureNames& names) {
  switch (error.kind) {
    case store::StoreErrorKind::kNoSuchBucket:
      return S3Error(S3ErrorCode::NoSuchBucket).with("BucketName", names.bucket);
    case store::StoreErrorKind::kBucketExists:
      return S3Error(S3ErrorCode::BucketAlreadyOwnedByYou).with("BucketName", names.bucket);
    case store::StoreErrorKind::kBucketNotEmpty:
      return S3Error(S3ErrorCode::BucketNotEmpty).with("BucketName", names.bucket);
    case store::StoreErrorKind::kNoSuchObject:
      return S3Error(S3ErrorCode::NoSuchKey).with("Key", names.key);
    case store::StoreErrorKind::kNoSuchVersion:
      return S3Error(S3ErrorCode::NoSuchVersion)
          .with("Key", names.key)
          .with("VersionId", names.version_id);
    case store::StoreErrorKind::kNoSuchUpload:
      return S3Error(S3ErrorCode::NoSuchUpload).with("UploadId", names.upload_id);
    case store::StoreErrorKind::kPartsChanged:
      return S3Error(S3ErrorCode::InvalidPart).with("UploadId", names.upload_id);
    case store::StoreErrorKind::kRefused:
      if (error.refusal) return std::move(*error.refusal);
      break;
    case store::StoreErrorKind::kNoSpace:
      return S3Error(S3ErrorCode::InternalError)
          .because("no space left where pail keeps its data: " + error.detail);
    case store::StoreErrorKind::kNoSuchSnapshot:  // no operation of S3 asks for one
    case store::StoreErrorKind::kBroken:
      break;
  }
  return S3Error(S3ErrorCode::InternalError).because("the store failed: " + error.detail);
}

}  // namespace pail::operations
