#include "operations/multipart_fixture.h"

namespace pail::test {
namespace {

using UploadPart = MultipartTest;

TEST_F(UploadPart, AnswersWithTheMd5OfItsBytes) {
  const std::string id = create("k");
  EXPECT_EQ(upload("k", id, 1, "hello"), "\"5d41402abc4b2a76b9719d911017c592\"");
}

TEST_F(UploadPart, PartNumberBeyondTheLimitsIsInvalidArgument) {
  const std::string id = create("k");
  for (const int number : {0, -1, 10'001}) {
    const Answer answer = server_.put(part_target("k", id, number), "x");
    EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
    EXPECT_EQ(answer.element("ArgumentName"), "partNumber");
    EXPECT_EQ(answer.element("ArgumentValue"), std::to_string(number));
  }
}

TEST_F(UploadPart, UnknownUploadIsRefusedBeforeTheBodyIsRead) {
  const Answer answer = server_.put(part_target("k", "unknown", 1), "hello");
  EXPECT_EQ(answer.outcome(), "404 NoSuchUpload");
  EXPECT_EQ(answer.element("UploadId"), "unknown");
  EXPECT_FALSE(answer.body_was_wanted);
}

TEST_F(UploadPart, UploadOfAnotherKeyIsNoSuchUpload) {
  const std::string id = create("k");
  EXPECT_EQ(server_.put(part_target("other", id, 1), "x").outcome(), "404 NoSuchUpload");
}

TEST_F(UploadPart, WrongChecksumIsBadDigest) {
  const std::string id = create("k");
  const Answer answer =
      server_.put(part_target("k", id, 1), "hello", {{"x-amz-checksum-crc32", "AAAAAA=="}});
  EXPECT_EQ(answer.outcome(), "400 BadDigest");
}

TEST_F(UploadPart, ChecksumOfAnotherAlgorithmThanTheUploadsIsInvalidRequest) {
  const std::string id = create("k", {{"x-amz-checksum-algorithm", "SHA256"}});
  const Answer answer =
      server_.put(part_target("k", id, 1), "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum "
            "Type: crc32");
}

TEST_F(UploadPart, EchoesTheChecksumThatWasSent) {
  const std::string id = create("k");
  const Answer answer =
      server_.put(part_target("k", id, 1), "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  EXPECT_EQ(answer.header("x-amz-checksum-crc32"), "NhCmhg==");
}

TEST_F(UploadPart, SecondUploadOfANumberReplacesTheFirst) {
  const std::string id = create("k");
  upload("k", id, 1, "first");
  const std::string etag = upload("k", id, 1, "second");
  EXPECT_EQ(complete("k", id, {{1, etag}}).outcome(), "200");
  EXPECT_EQ(server_.get("/bucket/k").body, "second");
}

}  // namespace
}  // namespace pail::test
