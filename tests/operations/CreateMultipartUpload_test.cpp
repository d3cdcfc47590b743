#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

using CreateMultipartUpload = MultipartTest;

TEST_F(CreateMultipartUpload, AnswersWithBucketKeyAndUploadId) {
  const Answer answer = server_.post("/bucket/a%20b?uploads", "");
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(answer.element("Bucket"), "bucket");
  EXPECT_EQ(answer.element("Key"), "a b");
  EXPECT_GE(answer.element("UploadId").size(), 32U);
}

TEST_F(CreateMultipartUpload, NamesTheChecksumThatItWasGiven) {
  const Answer answer =
      server_.post("/bucket/k?uploads", "", {{"x-amz-checksum-algorithm", "SHA256"}});
  EXPECT_EQ(answer.header("x-amz-checksum-algorithm"), "SHA256");
  EXPECT_EQ(answer.header("x-amz-checksum-type"), "COMPOSITE");
}

TEST_F(CreateMultipartUpload, Crc64NvmeIsFullObjectByDefault) {
  const Answer answer =
      server_.post("/bucket/k?uploads", "", {{"x-amz-checksum-algorithm", "CRC64NVME"}});
  EXPECT_EQ(answer.header("x-amz-checksum-type"), "FULL_OBJECT");
}

TEST_F(CreateMultipartUpload, TypeWithoutAlgorithmIsInvalidRequest) {
  const Answer answer =
      server_.post("/bucket/k?uploads", "", {{"x-amz-checksum-type", "COMPOSITE"}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(
      answer.element("Message"),
      "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
}

TEST_F(CreateMultipartUpload, ShaHasNoFullObjectType) {
  const Answer answer =
      server_.post("/bucket/k?uploads", "",
                   {{"x-amz-checksum-algorithm", "SHA1"}, {"x-amz-checksum-type", "FULL_OBJECT"}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "The FULL_OBJECT checksum type cannot be used with the sha1 checksum algorithm.");
}

TEST_F(CreateMultipartUpload, Crc64NvmeHasNoCompositeType) {
  const Answer answer = server_.post(
      "/bucket/k?uploads", "",
      {{"x-amz-checksum-algorithm", "CRC64NVME"}, {"x-amz-checksum-type", "COMPOSITE"}});
  EXPECT_EQ(answer.element("Message"),
            "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.");
}

TEST_F(CreateMultipartUpload, MissingBucketIsNoSuchBucket) {
  EXPECT_EQ(server_.post("/missing/k?uploads", "").outcome(), "404 NoSuchBucket");
}

}  // namespace
}  // namespace pail::test
