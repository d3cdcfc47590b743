#include "protocol/copy_source.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

/// "bucket|key|version", or the code of the refusal.
std::string parsed(std::string_view field) {
  const auto source = parse_copy_source(field);
  if (!source) return std::string(error_name(source.error().code));
  return source->bucket + '|' + source->key + '|' + source->version_id;
}

TEST(CopySource, LeadingSlashIsOptional) {
  EXPECT_EQ(parsed("bucket/key"), "bucket|key|");
  EXPECT_EQ(parsed("/bucket/key"), "bucket|key|");
}

TEST(CopySource, KeyKeepsItsSlashes) {
  EXPECT_EQ(parsed("bucket/a//b/"), "bucket|a//b/|");
  EXPECT_EQ(parsed("bucket//a"), "bucket|/a|");
}

TEST(CopySource, IsDecodedOnceWithPlusAsSpace) {
  EXPECT_EQ(parsed("bucket/a%20b+c%2Bd"), "bucket|a b c+d|");
  EXPECT_EQ(parsed("bucket/%2541"), "bucket|%41|");
  EXPECT_EQ(parsed("bucket%2Fkey"), "bucket|key|");
  EXPECT_EQ(parsed("bucket/%F0%9F%AA%A3"), "bucket|\xF0\x9F\xAA\xA3|");
}

TEST(CopySource, VersionFollowsTheQuestionMark) {
  EXPECT_EQ(parsed("bucket/key?versionId=null"), "bucket|key|null");
  EXPECT_EQ(parsed("bucket/a%3Fb?versionId=v1"), "bucket|a?b|v1");
  EXPECT_EQ(parsed("bucket/a?b"), "bucket|a?b|");
}

TEST(CopySource, WithoutAKeyIsRefusedWithAwsWords) {
  for (const char* field : {"", "/", "bucket", "/bucket", "bucket/", "//key"}) {
    auto source = parse_copy_source(field);
    ASSERT_FALSE(source.has_value()) << field;
    EXPECT_EQ(source.error().message, "Invalid copy source object key") << field;
    const std::vector<S3Error::Field> expected = {{"ArgumentName", "x-amz-copy-source"},
                                                  {"ArgumentValue", "x-amz-copy-source"}};
    EXPECT_EQ(source.error().fields, expected) << field;
  }
}

TEST(CopySource, BadBytesAreRefused) {
  EXPECT_EQ(parsed("bucket/%zz"), "InvalidArgument");
  EXPECT_EQ(parsed("bucket/%FF"), "InvalidArgument");
  EXPECT_EQ(parsed("bucket/a%00b"), "InvalidArgument");
  EXPECT_EQ(parsed("bucket/k?versionId=%z"), "InvalidArgument");
}

TEST(CopySource, KeyLimitHolds) {
  EXPECT_EQ(parsed("b/" + std::string(1024, 'k')), "b|" + std::string(1024, 'k') + '|');
  EXPECT_EQ(parsed("b/" + std::string(1025, 'k')), "KeyTooLongError");
}

TEST(CopySource, AccessPointsAreNotImplemented) {
  EXPECT_EQ(parsed("arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/key"),
            "NotImplemented");
}

}  // namespace
}  // namespace pail::protocol
