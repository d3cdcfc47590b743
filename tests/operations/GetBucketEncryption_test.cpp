#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::test {
namespace {

TEST(GetBucketEncryption, OfANewBucketIsAes256WithoutCustomerKeys) {
  Loopback server;
  ASSERT_EQ(server.put("/fresh", "").outcome(), "200");
  const Answer answer = server.get("/fresh?encryption");
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.element("SSEAlgorithm"), "AES256");
  EXPECT_EQ(answer.element("BucketKeyEnabled"), "false");
  EXPECT_EQ(answer.element("EncryptionType"), "SSE-C");
}

TEST(GetBucketEncryption, TellsTheKeyAsItWasSent) {
  Loopback server;
  const std::string document =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
      "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/mine</KMSMasterKeyID>"
      "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
  ASSERT_EQ(server.put("/bucket?encryption", document, {content_md5(document)}).outcome(), "200");
  const Answer answer = server.get("/bucket?encryption");
  EXPECT_EQ(answer.element("SSEAlgorithm"), "aws:kms");
  EXPECT_EQ(answer.element("KMSMasterKeyID"), "alias/mine");
}

TEST(GetBucketEncryption, OfNoBucketIsNoSuchBucket) {
  Loopback server;
  EXPECT_EQ(server.get("/missing-bucket?encryption").outcome(), "404 NoSuchBucket");
}

}  // namespace
}  // namespace pail::test
