#include "operations/store_failure.h"

#include <gtest/gtest.h>

namespace pail::operations {
namespace {

using store::StoreErrorKind;

/// "Code Name=Value", for bucket "b", key "k" and upload "u".
std::string answer_to(StoreErrorKind kind) {
  const S3Error error = to_s3_error({kind, "detail", std::nullopt}, {"b", "k", "u"});
  std::string text(error_name(error.code));
  for (const S3Error::Field& field : error.fields) text += ' ' + field.name + '=' + field.value;
  return text;
}

TEST(StoreFailure, EveryKindHasItsAnswer) {
  EXPECT_EQ(answer_to(StoreErrorKind::kNoSuchBucket), "NoSuchBucket BucketName=b");
  EXPECT_EQ(answer_to(StoreErrorKind::kBucketExists), "BucketAlreadyOwnedByYou BucketName=b");
  EXPECT_EQ(answer_to(StoreErrorKind::kBucketNotEmpty), "BucketNotEmpty BucketName=b");
  EXPECT_EQ(answer_to(StoreErrorKind::kNoSuchObject), "NoSuchKey Key=k");
  EXPECT_EQ(answer_to(StoreErrorKind::kNoSuchUpload), "NoSuchUpload UploadId=u");
  EXPECT_EQ(answer_to(StoreErrorKind::kPartsChanged), "InvalidPart UploadId=u");
  EXPECT_EQ(answer_to(StoreErrorKind::kNoSpace), "InternalError");
  EXPECT_EQ(answer_to(StoreErrorKind::kBroken), "InternalError");
}

TEST(StoreFailure, RefusalOfAGuardPassesThrough) {
  const S3Error error =
      to_s3_error({StoreErrorKind::kRefused, "",
                   S3Error(S3ErrorCode::PreconditionFailed).with("Condition", "If-Match")},
                  {});
  EXPECT_EQ(error.code, S3ErrorCode::PreconditionFailed);
  EXPECT_EQ(error.fields, (std::vector<S3Error::Field>{{"Condition", "If-Match"}}));
}

TEST(StoreFailure, DetailGoesToTheLogOnly) {
  const S3Error error =
      to_s3_error({StoreErrorKind::kBroken, "/data/blobs/7: EIO", std::nullopt}, {});
  EXPECT_NE(error.hint.find("/data/blobs/7"), std::string::npos);
  EXPECT_EQ(error.message, "We encountered an internal error. Please try again.");
  EXPECT_TRUE(error.fields.empty());
}

}  // namespace
}  // namespace pail::operations
