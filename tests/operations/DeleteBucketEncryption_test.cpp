#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::test {
namespace {

TEST(DeleteBucketEncryption, GoesBackToAes256) {
  Loopback server;
  const std::string document =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
      "<SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
      "</ServerSideEncryptionConfiguration>";
  ASSERT_EQ(server.put("/bucket?encryption", document, {content_md5(document)}).outcome(), "200");
  ASSERT_EQ(server.put("/bucket/k", "").header("x-amz-server-side-encryption"), "aws:kms");
  EXPECT_EQ(server.remove("/bucket?encryption").outcome(), "204");
  EXPECT_EQ(server.get("/bucket?encryption").element("SSEAlgorithm"), "AES256");
  EXPECT_EQ(server.put("/bucket/k", "").header("x-amz-server-side-encryption"), "AES256");
}

TEST(DeleteBucketEncryption, BlocksCustomerKeysAsInANewBucket) {
  Loopback server;
  EXPECT_EQ(server.get("/bucket?encryption").element("EncryptionType"), "");
  ASSERT_EQ(server.remove("/bucket?encryption").outcome(), "204");
  EXPECT_EQ(server.get("/bucket?encryption").element("EncryptionType"), "SSE-C");
}

TEST(DeleteBucketEncryption, OfNothingSucceeds) {
  Loopback server;
  EXPECT_EQ(server.remove("/bucket?encryption").outcome(), "204");
}

}  // namespace
}  // namespace pail::test
