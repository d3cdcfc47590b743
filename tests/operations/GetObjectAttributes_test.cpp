#include <gtest/gtest.h>

#include "support/loopback.h"
#include "task/task.h"
#include "text/bytes.h"

namespace pail::test {
namespace {

Answer attributes(Loopback& server, const std::string& key, const std::string& names,
                  Headers headers = {}) {
  headers.push_back({"x-amz-object-attributes", names});
  return server.get("/bucket/" + key + "?attributes", headers);
}

void put_in_parts(Loopback& server, const std::string& key, const std::string& part_checksum) {
  auto writer = server.store().begin_write();
  ASSERT_TRUE(writer->write(text::as_bytes("abcdef")));
  auto content = writer->finish();
  ASSERT_TRUE(content);
  model::ObjectVersion version;
  version.key = key;
  version.size_bytes = 6;
  version.etag = "9a0364b9e99bb480dd25e1f0284c8555-3";
  version.checksum = {checksum::Algorithm::kCrc32, model::ChecksumType::kComposite, "AAAAAA==-3"};
  version.parts = {{1, 2, part_checksum}, {2, 2, part_checksum}, {5, 2, part_checksum}};
  ASSERT_TRUE(task::run_blocking(server.store().put_object(
      server.bucket_id("bucket"), std::move(version), std::move(*content), {})));
}

TEST(GetObjectAttributes, AnswersWhatIsAskedFor) {
  Loopback server;
  server.put("/bucket/key", "hello");
  const Answer answer =
      attributes(server, "key", "ETag,Checksum, ObjectParts,StorageClass,ObjectSize");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Last-Modified"), "Tue, 24 Nov 2026 16:00:00 GMT");
  EXPECT_EQ(answer.element("ETag"), "5d41402abc4b2a76b9719d911017c592");
  EXPECT_EQ(answer.element("Checksum"), "<ChecksumCRC64NVME>" + digest_of("CRC64NVME", "hello") +
                                            "</ChecksumCRC64NVME>"
                                            "<ChecksumType>FULL_OBJECT</ChecksumType>");
  EXPECT_EQ(answer.element("StorageClass"), "STANDARD");
  EXPECT_EQ(answer.element("ObjectSize"), "5");
  EXPECT_EQ(answer.body.find("ObjectParts"), std::string::npos);
}

TEST(GetObjectAttributes, AnswersNothingElse) {
  Loopback server;
  server.put("/bucket/key", "hello");
  const Answer answer = attributes(server, "key", "ObjectSize");
  EXPECT_EQ(answer.element("ObjectSize"), "5");
  EXPECT_EQ(answer.element("ETag"), "");
  EXPECT_EQ(answer.element("StorageClass"), "");
}

TEST(GetObjectAttributes, PartsComeInPages) {
  Loopback server;
  put_in_parts(server, "parts", "AAAAAA==");
  const Answer first = attributes(server, "parts", "ObjectParts", {{"x-amz-max-parts", "2"}});
  EXPECT_EQ(first.element("IsTruncated"), "true");
  EXPECT_EQ(first.element("MaxParts"), "2");
  EXPECT_EQ(first.element("NextPartNumberMarker"), "2");
  EXPECT_EQ(first.element("PartsCount"), "3");
  EXPECT_EQ(first.element("Part"),
            "<PartNumber>1</PartNumber><Size>2</Size><ChecksumCRC32>AAAAAA==</ChecksumCRC32>");
  const Answer second = attributes(server, "parts", "ObjectParts",
                                   {{"x-amz-max-parts", "2"}, {"x-amz-part-number-marker", "2"}});
  EXPECT_EQ(second.element("IsTruncated"), "false");
  EXPECT_EQ(second.element("PartNumber"), "5");
  EXPECT_EQ(second.element("PartNumberMarker"), "2");
}

TEST(GetObjectAttributes, PartsWithoutChecksumsAreOnlyCounted) {
  Loopback server;
  put_in_parts(server, "parts", "");
  EXPECT_EQ(attributes(server, "parts", "ObjectParts").element("ObjectParts"),
            "<PartsCount>3</PartsCount>");
}

TEST(GetObjectAttributes, UnknownAttributeIsInvalidArgument) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer answer = attributes(server, "key", "ETag,Colour");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentValue"), "Colour");
}

TEST(GetObjectAttributes, WithoutTheHeaderIsInvalidRequest) {
  Loopback server;
  server.put("/bucket/key", "x");
  EXPECT_EQ(server.get("/bucket/key?attributes").outcome(), "400 InvalidRequest");
  EXPECT_EQ(attributes(server, "key", "").outcome(), "400 InvalidRequest");
}

TEST(GetObjectAttributes, NumbersAreChecked) {
  Loopback server;
  server.put("/bucket/key", "x");
  for (const char* number : {"-1", "x", "99999999999"}) {
    EXPECT_EQ(attributes(server, "key", "ObjectParts", {{"x-amz-max-parts", number}}).outcome(),
              "400 InvalidArgument")
        << number;
  }
}

TEST(GetObjectAttributes, OfAKeyThatIsNotThereIsNoSuchKey) {
  Loopback server;
  EXPECT_EQ(attributes(server, "nothing", "ETag").outcome(), "404 NoSuchKey");
}

TEST(GetObjectAttributes, TakesThePermissionToReadTheObjectToo) {
  Loopback server;
  server.put("/bucket/k", "x");
  const Call call{.target = "/bucket/k?attributes",
                  .headers = {{"x-amz-object-attributes", "ETag"}},
                  .is_signed = false,
                  .sender = Sender::kNobody};
  const auto allow = [&](const std::string& actions) {
    return server
        .put("/bucket?policy",
             R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":)" +
                 actions + R"(,"Resource":"arn:aws:s3:::bucket/*"}]})")
        .status;
  };
  ASSERT_EQ(allow(R"("s3:GetObjectAttributes")"), 204);
  EXPECT_EQ(server.send(call).outcome(), "403 AccessDenied");
  ASSERT_EQ(allow(R"(["s3:GetObjectAttributes","s3:GetObject"])"), 204);
  EXPECT_EQ(server.send(call).outcome(), "200");
}

}  // namespace
}  // namespace pail::test
