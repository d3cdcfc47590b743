#include "operations/multipart_fixture.h"
#include "support/calls.h"

namespace pail::test {
namespace {

using CompleteMultipartUpload = MultipartTest;

TEST_F(CompleteMultipartUpload, JoinsThePartsInOrder) {
  const std::string id =
      create("k", {{"Content-Type", "text/plain"}, {"x-amz-meta-colour", "red"}});
  const std::string second = upload("k", id, 7, "tail");
  const std::string first = upload("k", id, 1, std::string(kLeast, 'a'));
  const Answer answer = complete("k", id, {{1, first}, {7, second}});
  EXPECT_EQ(answer.outcome(), "200");
  EXPECT_TRUE(answer.element("ETag").ends_with("-2&quot;")) << answer.body;
  const Answer object = server_.get("/bucket/k");
  EXPECT_EQ(object.body, std::string(kLeast, 'a') + "tail");
  EXPECT_EQ(object.header("Content-Type"), "text/plain");
  EXPECT_EQ(object.header("x-amz-meta-colour"), "red");
}

TEST_F(CompleteMultipartUpload, HasACrc64NvmeOfTheWholeWhenNoneWasAskedFor) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  const Answer answer = complete("k", id, {{1, etag}});
  server_.put("/bucket/plain", "hello");
  const Answer plain = server_.head("/bucket/plain", {{"x-amz-checksum-mode", "ENABLED"}});
  EXPECT_EQ(answer.element("ChecksumCRC64NVME"), plain.header("x-amz-checksum-crc64nvme"));
  EXPECT_EQ(answer.element("ChecksumType"), "FULL_OBJECT");
}

TEST_F(CompleteMultipartUpload, CompositeChecksumMustBeNamedForEachPart) {
  const std::string id = create("k", {{"x-amz-checksum-algorithm", "CRC32"}});
  const std::string etag = upload("k", id, 1, "hello", {{"x-amz-checksum-crc32", "NhCmhg=="}});
  const Answer answer = complete("k", id, {{1, etag}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "The upload was created using a crc32 checksum. The complete request must include the "
            "checksum for each part. It was missing for part 1 in the request.");
  const Answer with_checksum = server_.post(
      "/bucket/k?uploadId=" + id,
      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag +
          "</ETag><ChecksumCRC32>NhCmhg==</ChecksumCRC32></Part></CompleteMultipartUpload>");
  EXPECT_EQ(with_checksum.outcome(), "200");
  EXPECT_TRUE(with_checksum.element("ChecksumCRC32").ends_with("-1"));
}

TEST_F(CompleteMultipartUpload, WrongChecksumOfTheWholeIsBadDigest) {
  const std::string id =
      create("k", {{"x-amz-checksum-algorithm", "CRC32C"}, {"x-amz-checksum-type", "FULL_OBJECT"}});
  const std::string etag = upload("k", id, 1, "hello", {{"x-amz-checksum-crc32c", "mnG7TA=="}});
  const Answer answer = complete("k", id, {{1, etag}}, {{"x-amz-checksum-crc32c", "AAAAAA=="}});
  EXPECT_EQ(answer.outcome(), "400 BadDigest");
  EXPECT_EQ(answer.element("Message"),
            "The crc32c you specified did not match the calculated checksum.");
}

TEST_F(CompleteMultipartUpload, AnotherChecksumTypeIsInvalidRequest) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "hello");
  const Answer answer = complete("k", id, {{1, etag}}, {{"x-amz-checksum-type", "FULL_OBJECT"}});
  EXPECT_EQ(
      answer.element("Message"),
      "The upload was created using the null checksum mode. The complete request must use the same "
      "checksum mode.");
}

TEST_F(CompleteMultipartUpload, SmallPartBeforeTheLastIsEntityTooSmall) {
  const std::string id = create("k");
  const std::string first = upload("k", id, 1, "tiny");
  const std::string second = upload("k", id, 2, "tail");
  const Answer answer = complete("k", id, {{1, first}, {2, second}});
  EXPECT_EQ(answer.outcome(), "400 EntityTooSmall");
  EXPECT_EQ(answer.element("ProposedSize"), "4");
  EXPECT_EQ(answer.element("MinSizeAllowed"), "5242880");
  EXPECT_EQ(answer.element("PartNumber"), "1");
}

TEST_F(CompleteMultipartUpload, PartsOutOfOrderAreInvalidPartOrder) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  EXPECT_EQ(complete("k", id, {{2, etag}, {1, etag}}).outcome(), "400 InvalidPartOrder");
  EXPECT_EQ(complete("k", id, {{1, etag}, {1, etag}}).outcome(), "400 InvalidPartOrder");
}

TEST_F(CompleteMultipartUpload, PartThatWasNotUploadedIsInvalidPart) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  const Answer missing = complete("k", id, {{2, etag}});
  EXPECT_EQ(missing.outcome(), "400 InvalidPart");
  EXPECT_EQ(missing.element("PartNumber"), "2");
  EXPECT_EQ(complete("k", id, {{1, "\"00000000000000000000000000000000\""}}).outcome(),
            "400 InvalidPart");
}

TEST_F(CompleteMultipartUpload, NoPartsAtAllAreRefused) {
  const std::string id = create("k");
  upload("k", id, 1, "x");
  EXPECT_EQ(server_.post("/bucket/k?uploadId=" + id, "").outcome(), "400 InvalidRequest");
  EXPECT_EQ(server_.post("/bucket/k?uploadId=" + id, "<CompleteMultipartUpload/>").outcome(),
            "400 MalformedXML");
  EXPECT_EQ(server_.post("/bucket/k?uploadId=" + id, "<Other/>").outcome(), "400 MalformedXML");
}

TEST_F(CompleteMultipartUpload, RepeatedRequestGetsTheSameAnswer) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  const Answer first = complete("k", id, {{1, etag}});
  const Answer again = complete("k", id, {{1, etag}});
  EXPECT_EQ(again.outcome(), "200");
  EXPECT_EQ(again.element("ETag"), first.element("ETag"));
}

TEST_F(CompleteMultipartUpload, RepeatedAfterTheObjectChangedGetsTheSameAnswerToo) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  const Answer first = complete("k", id, {{1, etag}});
  server_.put("/bucket/k", "newer");
  const Answer overwritten = complete("k", id, {{1, etag}});
  EXPECT_EQ(overwritten.outcome(), "200");
  EXPECT_EQ(overwritten.body, first.body);
  EXPECT_EQ(server_.get("/bucket/k").body, "newer");
  server_.remove("/bucket/k");
  EXPECT_EQ(complete("k", id, {{1, etag}}).body, first.body);
  EXPECT_EQ(server_.get("/bucket/k").status, 404);
}

TEST_F(CompleteMultipartUpload, RepeatedRequestNamesTheVersionThatItMade) {
  const std::string enabled =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  server_.put("/bucket?versioning", enabled, {content_md5(enabled)});
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  const std::string version = complete("k", id, {{1, etag}}).header("x-amz-version-id");
  EXPECT_NE(version, "");
  server_.put("/bucket/k", "newer");
  EXPECT_EQ(complete("k", id, {{1, etag}}).header("x-amz-version-id"), version);
}

TEST_F(CompleteMultipartUpload, IfNoneMatchRefusesToReplace) {
  server_.put("/bucket/k", "first");
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  EXPECT_EQ(complete("k", id, {{1, etag}}, {{"If-None-Match", "*"}}).outcome(),
            "412 PreconditionFailed");
  EXPECT_EQ(server_.get("/bucket/k").body, "first");
}

TEST_F(CompleteMultipartUpload, IfMatchAfterAWriteDuringTheUploadIsAConflict) {
  server_.put("/bucket/k", "same");
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  server_.clock().advance(std::chrono::seconds(1));
  const Answer written = server_.put("/bucket/k", "same");
  const Answer answer = complete("k", id, {{1, etag}}, {{"If-Match", written.header("ETag")}});
  EXPECT_EQ(answer.outcome(), "409 ConditionalRequestConflict");
  EXPECT_EQ(answer.element("Condition"), "If-Match");
}

TEST_F(CompleteMultipartUpload, IfNoneMatchAfterADeletionDuringTheUploadIsAConflict) {
  server_.put("/bucket/k", "first");
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  server_.clock().advance(std::chrono::seconds(1));
  server_.remove("/bucket/k");
  const Answer answer = complete("k", id, {{1, etag}}, {{"If-None-Match", "*"}});
  EXPECT_EQ(answer.outcome(), "409 ConditionalRequestConflict");
  EXPECT_EQ(answer.element("Condition"), "If-None-Match");
  EXPECT_EQ(answer.element("Key"), "k");
  EXPECT_EQ(complete("k", id, {{1, etag}}).outcome(), "200");
}

TEST_F(CompleteMultipartUpload, IfNoneMatchAfterADeletionBeforeTheUploadSucceeds) {
  server_.put("/bucket/k", "first");
  server_.remove("/bucket/k");
  server_.clock().advance(std::chrono::seconds(1));
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "x");
  EXPECT_EQ(complete("k", id, {{1, etag}}, {{"If-None-Match", "*"}}).outcome(), "200");
}

TEST_F(CompleteMultipartUpload, WrongObjectSizeIsInvalidRequest) {
  const std::string id = create("k");
  const std::string etag = upload("k", id, 1, "four");
  const Answer answer = complete("k", id, {{1, etag}}, {{"x-amz-mp-object-size", "5"}});
  EXPECT_EQ(
      answer.element("Message"),
      "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4");
}

TEST_F(CompleteMultipartUpload, UnknownUploadIsNoSuchUpload) {
  EXPECT_EQ(complete("k", "unknown", {{1, "\"x\""}}).outcome(), "404 NoSuchUpload");
}

TEST_F(CompleteMultipartUpload, PartsCanBeReadAgainByNumber) {
  const std::string id = create("k");
  const std::string first = upload("k", id, 3, std::string(kLeast, 'a'));
  const std::string second = upload("k", id, 5, "tail");
  complete("k", id, {{3, first}, {5, second}});
  const Answer part = server_.get("/bucket/k?partNumber=2");
  EXPECT_EQ(part.outcome(), "206");
  EXPECT_EQ(part.body, "tail");
  EXPECT_EQ(part.header("x-amz-mp-parts-count"), "2");
}

}  // namespace
}  // namespace pail::test
