#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

using ListParts = MultipartTest;

TEST_F(ListParts, ShowsPartsInOrder) {
  const std::string id = create("k");
  upload("k", id, 2, "second");
  upload("k", id, 1, "first");
  const Answer answer = server_.get("/bucket/k?uploadId=" + id);
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_EQ(answer.element("PartNumber"), "1");
  EXPECT_EQ(answer.element("NextPartNumberMarker"), "2");
  EXPECT_EQ(answer.element("IsTruncated"), "false");
  EXPECT_EQ(answer.element("StorageClass"), "STANDARD");
}

TEST_F(ListParts, PagesGoOnBehindTheMarker) {
  const std::string id = create("k");
  for (int number = 1; number <= 3; ++number) upload("k", id, number, "x");
  const Answer first = server_.get("/bucket/k?max-parts=2&uploadId=" + id);
  EXPECT_EQ(first.element("IsTruncated"), "true");
  EXPECT_EQ(first.element("NextPartNumberMarker"), "2");
  const Answer second = server_.get("/bucket/k?part-number-marker=2&uploadId=" + id);
  EXPECT_EQ(second.element("PartNumber"), "3");
  EXPECT_EQ(second.element("IsTruncated"), "false");
}

TEST_F(ListParts, ShowsTheChecksumsOfAnUploadThatHasThem) {
  const std::string id = create("k", {{"x-amz-checksum-algorithm", "CRC32"}});
  upload("k", id, 1, "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  const Answer answer = server_.get("/bucket/k?uploadId=" + id);
  EXPECT_EQ(answer.element("ChecksumAlgorithm"), "CRC32");
  EXPECT_EQ(answer.element("ChecksumCRC32"), "NhCmhg==");
}

TEST_F(ListParts, MaxPartsMustBeANumber) {
  const std::string id = create("k");
  EXPECT_EQ(server_.get("/bucket/k?max-parts=many&uploadId=" + id).outcome(),
            "400 InvalidArgument");
}

TEST_F(ListParts, UnknownUploadIsNoSuchUpload) {
  EXPECT_EQ(server_.get("/bucket/k?uploadId=unknown").outcome(), "404 NoSuchUpload");
}

}  // namespace
}  // namespace pail::test
