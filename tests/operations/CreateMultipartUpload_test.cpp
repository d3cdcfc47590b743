#include "operations/multipart_fixture.h"
#include "operations/object_lock_fixture.h"

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

TEST_F(CreateMultipartUpload, LocksTheObjectToCome) {
  make_locked_bucket(server_);
  const std::string target = "/locked/k?uploads";
  EXPECT_EQ(server_.post(target, "", {{"x-amz-object-lock-mode", "GOVERNANCE"}}).outcome(),
            "400 InvalidArgument");
  EXPECT_EQ(server_.post("/bucket/k?uploads", "", lock_headers("GOVERNANCE", kTomorrow)).outcome(),
            "400 InvalidRequest");
  const std::string upload =
      server_.post(target, "", lock_headers("GOVERNANCE", kTomorrow)).element("UploadId");
  const std::string etag =
      put_whole(server_, "/locked/k?partNumber=1&uploadId=" + upload, "x").header("ETag");
  const Answer completed =
      server_.post("/locked/k?uploadId=" + upload,
                   "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag +
                       "</ETag></Part></CompleteMultipartUpload>");
  ASSERT_EQ(completed.outcome(), "200");
  EXPECT_EQ(server_.head("/locked/k").header("x-amz-object-lock-retain-until-date"), kTomorrow);
}

}  // namespace
}  // namespace pail::test
