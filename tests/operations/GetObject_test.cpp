#include <gtest/gtest.h>

#include "model/multipart.h"
#include "support/loopback.h"
#include "task/task.h"
#include "text/bytes.h"

namespace pail::test {
namespace {

/// An object of three parts, "aaaaabbbbbcc", as an upload in parts leaves it, with a composite
/// checksum.
void put_in_parts(Loopback& server, const std::string& key) {
  const std::string bytes = "aaaaabbbbbcc";
  auto writer = server.store().begin_write();
  ASSERT_TRUE(writer->write(text::as_bytes(bytes)));
  auto content = writer->finish();
  ASSERT_TRUE(content);
  model::ObjectVersion version;
  version.key = key;
  version.size_bytes = bytes.size();
  version.etag = "9a0364b9e99bb480dd25e1f0284c8555-3";
  version.last_modified = server.clock().now();
  version.checksum = {checksum::Algorithm::kCrc32, model::ChecksumType::kComposite, "AAAAAA==-3"};
  version.parts = {{1, 5, "part1w=="}, {2, 5, "part2w=="}, {4, 2, "part4w=="}};
  ASSERT_TRUE(task::run_blocking(server.store().put_object(
      server.bucket_id("bucket"), std::move(version), std::move(*content), {})));
}

TEST(GetObject, AnswersBytesAndAllThatIsKnown) {
  Loopback server;
  server.put("/bucket/key", "hello",
             {{"Content-Type", "text/plain"},
              {"Cache-Control", "no-store"},
              {"x-amz-meta-Name", "value"},
              {"Content-Encoding", "gzip"}});
  const Answer answer = server.get("/bucket/key");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.header("Content-Length"), "5");
  EXPECT_EQ(answer.header("Content-Type"), "text/plain");
  EXPECT_EQ(answer.header("Content-Encoding"), "gzip");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("x-amz-meta-name"), "value");
  EXPECT_EQ(answer.header("ETag"), "\"5d41402abc4b2a76b9719d911017c592\"");
  EXPECT_EQ(answer.header("Last-Modified"), "Tue, 24 Nov 2026 16:00:00 GMT");
  EXPECT_EQ(answer.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(answer.header("x-amz-server-side-encryption"), "AES256");
  EXPECT_EQ(answer.header("x-amz-checksum-crc64nvme"), "");
  EXPECT_EQ(answer.header("x-amz-storage-class"), "");
}

TEST(GetObject, WithoutAContentTypeIsBinary) {
  Loopback server;
  server.put("/bucket/key", "x");
  EXPECT_EQ(server.get("/bucket/key").header("Content-Type"), "binary/octet-stream");
}

TEST(GetObject, OfAKeyThatIsNotThereIsNoSuchKey) {
  Loopback server;
  const Answer answer = server.get("/bucket/my-key");
  EXPECT_EQ(answer.outcome(), "404 NoSuchKey");
  EXPECT_EQ(answer.element("Key"), "my-key");
  EXPECT_EQ(answer.element("Message"), "The specified key does not exist.");
  EXPECT_EQ(server.get("/nobucket/key").outcome(), "404 NoSuchBucket");
}

TEST(GetObject, StrangerWhoMayNotListLearnsNothingAboutKeys) {
  Loopback server;
  server.put("/bucket/key", "hello");
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
      R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]})";
  ASSERT_EQ(server.put("/bucket?policy", policy).status, 204);
  EXPECT_EQ(server.send({.target = "/bucket/key", .is_signed = false}).body, "hello");
  EXPECT_EQ(server.send({.target = "/bucket/nothing", .is_signed = false}).outcome(),
            "403 AccessDenied");
  EXPECT_EQ(server.get("/bucket/nothing").outcome(), "404 NoSuchKey");
}

TEST(GetObject, RangesAreAnsweredInPart) {
  Loopback server;
  server.put("/bucket/key", "0123456789");
  const Answer answer = server.get("/bucket/key", {{"Range", "bytes=2-4"}});
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.body, "234");
  EXPECT_EQ(answer.header("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(answer.header("Content-Length"), "3");
  EXPECT_EQ(server.get("/bucket/key", {{"Range", "bytes=-3"}}).body, "789");
  EXPECT_EQ(server.get("/bucket/key", {{"Range", "bytes=7-"}}).body, "789");
}

TEST(GetObject, SeveralOrMalformedRangesGetTheWholeObject) {
  Loopback server;
  server.put("/bucket/key", "0123456789");
  for (const char* range : {"bytes=0-1,4-5", "bytes=4-1", "lines=0-1", "bytes"}) {
    const Answer answer = server.get("/bucket/key", {{"Range", range}});
    EXPECT_EQ(answer.status, 200) << range;
    EXPECT_EQ(answer.body, "0123456789") << range;
  }
}

TEST(GetObject, RangeBeyondTheEndIsInvalidRange) {
  Loopback server;
  server.put("/bucket/key", "0123456789");
  const Answer answer = server.get("/bucket/key", {{"Range", "bytes=100-200"}});
  EXPECT_EQ(answer.outcome(), "416 InvalidRange");
  EXPECT_EQ(answer.element("ActualObjectSize"), "10");
  EXPECT_EQ(answer.element("RangeRequested"), "bytes=100-200");
}

TEST(GetObject, IfRangeAsksForTheRangeOnlyOfTheSameObject) {
  Loopback server;
  const std::string etag = server.put("/bucket/key", "0123456789").header("ETag");
  EXPECT_EQ(server.get("/bucket/key", {{"Range", "bytes=0-1"}, {"If-Range", etag}}).status, 206);
  EXPECT_EQ(server.get("/bucket/key", {{"Range", "bytes=0-1"}, {"If-Range", "\"x\""}}).status, 200);
  EXPECT_EQ(server
                .get("/bucket/key",
                     {{"Range", "bytes=0-1"}, {"If-Range", "Tue, 24 Nov 2026 16:00:00 GMT"}})
                .status,
            206);
}

TEST(GetObject, NotModifiedCarriesEtagAndDateButNoChecksum) {
  Loopback server;
  const std::string etag = server.put("/bucket/key", "x").header("ETag");
  const Answer answer =
      server.get("/bucket/key", {{"If-None-Match", etag}, {"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("ETag"), etag);
  EXPECT_EQ(answer.header("Last-Modified"), "Tue, 24 Nov 2026 16:00:00 GMT");
  EXPECT_EQ(answer.header("x-amz-checksum-crc64nvme"), "");
}

TEST(GetObject, FailedConditionNamesItself) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer answer = server.get("/bucket/key", {{"If-Match", "\"other\""}});
  EXPECT_EQ(answer.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(answer.element("Condition"), "If-Match");
  EXPECT_EQ(server.get("/bucket/nothing", {{"If-Match", "\"other\""}}).outcome(), "404 NoSuchKey");
}

TEST(GetObject, ChecksumIsShownWhenAskedForAndWholeBytesAreSent) {
  Loopback server;
  server.put("/bucket/key", "0123456789");
  const std::string checksum = digest_of("CRC64NVME", "0123456789");
  const Answer whole = server.get("/bucket/key", {{"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(whole.header("x-amz-checksum-crc64nvme"), checksum);
  EXPECT_EQ(whole.header("x-amz-checksum-type"), "FULL_OBJECT");
  const Answer part =
      server.get("/bucket/key", {{"x-amz-checksum-mode", "ENABLED"}, {"Range", "bytes=0-4"}});
  EXPECT_EQ(part.header("x-amz-checksum-crc64nvme"), "");
  EXPECT_EQ(part.header("x-amz-checksum-type"), "");
}

TEST(GetObject, PartNumberSelectsAPartOfAnUpload) {
  Loopback server;
  put_in_parts(server, "parts");
  const Answer answer =
      server.get("/bucket/parts?partNumber=2", {{"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(answer.status, 206);
  EXPECT_EQ(answer.body, "bbbbb");
  EXPECT_EQ(answer.header("Content-Range"), "bytes 5-9/12");
  EXPECT_EQ(answer.header("x-amz-mp-parts-count"), "3");
  EXPECT_EQ(answer.header("x-amz-checksum-crc32"), "part2w==");
  EXPECT_EQ(server.get("/bucket/parts?partNumber=3").body, "cc");
  EXPECT_EQ(server.get("/bucket/parts").header("x-amz-mp-parts-count"), "");
}

TEST(GetObject, RangeThatIsExactlyAPartHasThePartsChecksum) {
  Loopback server;
  put_in_parts(server, "parts");
  const Answer answer =
      server.get("/bucket/parts", {{"x-amz-checksum-mode", "ENABLED"}, {"Range", "bytes=5-9"}});
  EXPECT_EQ(answer.header("x-amz-checksum-crc32"), "part2w==");
  EXPECT_EQ(server.get("/bucket/parts", {{"x-amz-checksum-mode", "ENABLED"}})
                .header("x-amz-checksum-crc32"),
            "AAAAAA==-3");
}

TEST(GetObject, PartThatIsNotThereIsInvalidPartNumber) {
  Loopback server;
  put_in_parts(server, "parts");
  const Answer answer = server.get("/bucket/parts?partNumber=10");
  EXPECT_EQ(answer.outcome(), "416 InvalidPartNumber");
  EXPECT_EQ(answer.element("ActualPartCount"), "3");
  EXPECT_EQ(answer.element("PartNumberRequested"), "10");
}

TEST(GetObject, PlainObjectIsItsOwnPartOne) {
  Loopback server;
  server.put("/bucket/key", "hello");
  const Answer first = server.get("/bucket/key?partNumber=1");
  EXPECT_EQ(first.status, 206);
  EXPECT_EQ(first.header("Content-Range"), "bytes 0-4/5");
  EXPECT_EQ(first.header("x-amz-mp-parts-count"), "");
  const Answer second = server.get("/bucket/key?partNumber=2");
  EXPECT_EQ(second.outcome(), "416 InvalidPartNumber");
  EXPECT_EQ(second.element("ActualPartCount"), "1");
}

TEST(GetObject, PartNumberIsBetweenOneAndTenThousandAndAlone) {
  Loopback server;
  server.put("/bucket/key", "hello");
  for (const char* number : {"0", "-1", "10001", "x", ""}) {
    EXPECT_EQ(server.get("/bucket/key?partNumber=" + std::string(number)).outcome(),
              "400 InvalidArgument")
        << number;
  }
  const Answer both = server.get("/bucket/key?partNumber=1", {{"Range", "bytes=0-1"}});
  EXPECT_EQ(both.outcome(), "400 InvalidRequest");
  EXPECT_EQ(both.element("Message"),
            "Cannot specify both Range header and partNumber query parameter");
}

TEST(GetObject, ResponseHeadersAreOverriddenForSignedRequestsOnly) {
  Loopback server;
  server.put("/public/key", "x", {{"Content-Type", "text/plain"}});
  const std::string target = "/public/key?response-content-type=text%2Fhtml";
  EXPECT_EQ(server.get(target).header("Content-Type"), "text/html");
  const Answer anonymous = server.send({.target = target, .is_signed = false});
  EXPECT_EQ(anonymous.outcome(), "400 InvalidRequest");
  EXPECT_EQ(anonymous.element("Message"),
            "Request specific response headers cannot be used for anonymous GET requests.");
}

TEST(GetObject, OnlyVersionIsNull) {
  Loopback server;
  server.put("/bucket/key", "x");
  EXPECT_EQ(server.get("/bucket/key?versionId=null").status, 200);
  const Answer answer = server.get("/bucket/key?versionId=HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"), "Invalid version id specified");
}

TEST(GetObject, FromAnArchiveIsInvalidObjectState) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-storage-class", "DEEP_ARCHIVE"}});
  const Answer answer = server.get("/bucket/key");
  EXPECT_EQ(answer.outcome(), "403 InvalidObjectState");
  EXPECT_EQ(answer.element("StorageClass"), "DEEP_ARCHIVE");
}

TEST(GetObject, MetadataBeyondAsciiIsShownAsAwsShowsIt) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-meta-name", "Mini\u00f6"}});
  EXPECT_EQ(server.get("/bucket/key").header("x-amz-meta-name"), "=?UTF-8?Q?Mini=C3=83=C2=B6?=");
}

TEST(GetObject, CountOfTagsIsForThoseWhoMayReadThem) {
  Loopback server;
  server.put("/public/key", "x", {{"x-amz-tagging", "a=1"}});
  EXPECT_EQ(server.get("/public/key").header("x-amz-tagging-count"), "1");
  const Answer anyone =
      server.send({.target = "/public/key", .is_signed = false, .sender = Sender::kNobody});
  EXPECT_EQ(anyone.status, 200);
  EXPECT_EQ(anyone.header("x-amz-tagging-count"), "");
}

}  // namespace
}  // namespace pail::test
