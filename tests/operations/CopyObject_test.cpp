#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"
#include "support/loopback.h"
#include "task/task.h"
#include "text/bytes.h"

namespace pail::test {
namespace {

Answer copy(Loopback& server, const std::string& target, const std::string& source,
            Headers headers = {}) {
  headers.push_back({"x-amz-copy-source", source});
  return server.put(target, "", headers);
}

TEST(CopyObject, CopiesBytesMetadataAndTags) {
  Loopback server;
  server.put("/bucket/from", "hello",
             {{"Content-Type", "text/plain"}, {"x-amz-meta-a", "b"}, {"x-amz-tagging", "t=1"}});
  server.clock().advance(std::chrono::hours(1));
  const Answer answer = copy(server, "/other/to", "/bucket/from");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.element("ETag"), "&quot;5d41402abc4b2a76b9719d911017c592&quot;");
  EXPECT_EQ(answer.element("LastModified"), "2026-11-24T17:00:00.000Z");
  EXPECT_EQ(answer.element("ChecksumCRC64NVME"), digest_of("CRC64NVME", "hello"));
  EXPECT_EQ(answer.element("ChecksumType"), "FULL_OBJECT");
  EXPECT_EQ(answer.header("x-amz-server-side-encryption"), "AES256");
  const Answer read = server.get("/other/to");
  EXPECT_EQ(read.body, "hello");
  EXPECT_EQ(read.header("Content-Type"), "text/plain");
  EXPECT_EQ(read.header("x-amz-meta-a"), "b");
  EXPECT_EQ(read.header("x-amz-tagging-count"), "1");
  EXPECT_EQ(read.header("Last-Modified"), "Tue, 24 Nov 2026 17:00:00 GMT");
}

TEST(CopyObject, CopyOutlivesItsSource) {
  Loopback server;
  server.put("/bucket/from", "hello");
  copy(server, "/bucket/to", "bucket/from");
  server.remove("/bucket/from");
  EXPECT_EQ(server.get("/bucket/to").body, "hello");
}

TEST(CopyObject, SourceIsDecoded) {
  Loopback server;
  server.put("/bucket/a%20b%2Bc", "hello");
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/a+b%2Bc").status, 200);
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/a%20b%2Bc?versionId=null").status, 200);
}

TEST(CopyObject, MetadataIsReplacedWhenAskedFor) {
  Loopback server;
  server.put("/bucket/from", "x", {{"Content-Type", "text/plain"}, {"x-amz-meta-a", "b"}});
  copy(server, "/bucket/kept", "bucket/from", {{"x-amz-meta-new", "n"}});
  EXPECT_EQ(server.head("/bucket/kept").header("x-amz-meta-a"), "b");
  EXPECT_EQ(server.head("/bucket/kept").header("x-amz-meta-new"), "");
  copy(server, "/bucket/replaced", "bucket/from",
       {{"x-amz-metadata-directive", "REPLACE"}, {"x-amz-meta-new", "n"}});
  EXPECT_EQ(server.head("/bucket/replaced").header("x-amz-meta-a"), "");
  EXPECT_EQ(server.head("/bucket/replaced").header("x-amz-meta-new"), "n");
  EXPECT_EQ(server.head("/bucket/replaced").header("Content-Type"), "binary/octet-stream");
}

TEST(CopyObject, TagsFollowTheirOwnDirective) {
  Loopback server;
  server.put("/bucket/from", "x", {{"x-amz-tagging", "a=1"}});
  copy(server, "/bucket/kept", "bucket/from",
       {{"x-amz-metadata-directive", "REPLACE"}, {"x-amz-tagging", "b=1&c=2"}});
  EXPECT_EQ(server.head("/bucket/kept").header("x-amz-tagging-count"), "1");
  copy(server, "/bucket/replaced", "bucket/from",
       {{"x-amz-tagging-directive", "REPLACE"}, {"x-amz-tagging", "b=1&c=2"}});
  EXPECT_EQ(server.head("/bucket/replaced").header("x-amz-tagging-count"), "2");
  copy(server, "/bucket/emptied", "bucket/from", {{"x-amz-tagging-directive", "REPLACE"}});
  EXPECT_EQ(server.head("/bucket/emptied").header("x-amz-tagging-count"), "");
}

TEST(CopyObject, UnknownDirectivesAreInvalid) {
  Loopback server;
  server.put("/bucket/from", "x");
  EXPECT_EQ(
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-metadata-directive", "X"}}).outcome(),
      "400 InvalidArgument");
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/from", {{"x-amz-tagging-directive", "X"}}).outcome(),
            "400 InvalidArgument");
}

TEST(CopyObject, StorageClassAndRedirectAreNotTakenFromTheSource) {
  Loopback server;
  server.put("/bucket/from", "x",
             {{"x-amz-storage-class", "STANDARD_IA"}, {"x-amz-website-redirect-location", "/a"}});
  copy(server, "/bucket/to", "bucket/from");
  EXPECT_EQ(server.head("/bucket/to").header("x-amz-storage-class"), "");
  EXPECT_EQ(server.head("/bucket/to").header("x-amz-website-redirect-location"), "");
}

TEST(CopyObject, OntoItselfHasToChangeSomething) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer nothing = copy(server, "/bucket/key", "bucket/key");
  EXPECT_EQ(nothing.outcome(), "400 InvalidRequest");
  EXPECT_EQ(nothing.element("Message"),
            "This copy request is illegal because it is trying to copy an object to itself without "
            "changing the object's metadata, storage class, website redirect location or "
            "encryption attributes.");
  const auto itself = [&](const Headers& headers) {
    return copy(server, "/bucket/key", "bucket/key", headers).outcome();
  };
  EXPECT_EQ(itself({{"x-amz-metadata-directive", "REPLACE"}}), "200");
  EXPECT_EQ(itself({{"x-amz-server-side-encryption", "AES256"}}), "200");
  EXPECT_EQ(itself({{"x-amz-website-redirect-location", "/other"}}), "200");
  EXPECT_EQ(server.get("/bucket/key").body, "x");
}

TEST(CopyObject, OntoItselfMayNameTheStorageClassThatItHas) {
  Loopback server;
  server.put("/bucket/key", "x");
  const auto itself = [&](const Headers& headers) {
    return copy(server, "/bucket/key", "bucket/key", headers).outcome();
  };
  EXPECT_EQ(itself({{"x-amz-storage-class", "STANDARD"}}), "200");
  EXPECT_EQ(itself({{"x-amz-storage-class", "STANDARD_IA"}}), "200");
  // Without a name it would become STANDARD; AWS does not count that.
  EXPECT_EQ(itself({}), "400 InvalidRequest");
}

TEST(CopyObject, OntoItselfWithOtherTagsOrAnotherChecksumChangesNothing) {
  Loopback server;
  server.put("/bucket/key", "x");
  const auto itself = [&](const Headers& headers) {
    return copy(server, "/bucket/key", "bucket/key", headers).outcome();
  };
  EXPECT_EQ(itself({{"x-amz-tagging-directive", "REPLACE"}, {"x-amz-tagging", "a=b"}}),
            "400 InvalidRequest");
  EXPECT_EQ(itself({{"x-amz-checksum-algorithm", "SHA256"}}), "400 InvalidRequest");
  EXPECT_EQ(itself({{"x-amz-meta-new", "n"}}), "400 InvalidRequest");
}

TEST(CopyObject, SourceConditionsFailWithTheirName) {
  Loopback server;
  const std::string etag = server.put("/bucket/from", "x").header("ETag");
  const Answer match =
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-copy-source-if-match", "\"other\""}});
  EXPECT_EQ(match.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(match.element("Condition"), "x-amz-copy-source-If-Match");
  const Answer none =
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-copy-source-if-none-match", etag}});
  EXPECT_EQ(none.element("Condition"), "x-amz-copy-source-If-None-Match");
  EXPECT_EQ(
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-copy-source-if-match", etag}}).status,
      200);
}

TEST(CopyObject, DestinationConditionsAreThoseOfAnyWrite) {
  Loopback server;
  server.put("/bucket/from", "x");
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/from", {{"If-None-Match", "*"}}).status, 200);
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/from", {{"If-None-Match", "*"}}).outcome(),
            "412 PreconditionFailed");
}

TEST(CopyObject, SourceThatIsNotThereSaysWhatIsMissing) {
  Loopback server;
  const Answer key = copy(server, "/bucket/to", "bucket/nothing");
  EXPECT_EQ(key.outcome(), "404 NoSuchKey");
  EXPECT_EQ(key.element("Key"), "nothing");
  const Answer bucket = copy(server, "/bucket/to", "nobucket/key");
  EXPECT_EQ(bucket.outcome(), "404 NoSuchBucket");
  EXPECT_EQ(bucket.element("BucketName"), "nobucket");
}

TEST(CopyObject, SourceWithoutAKeyIsInvalid) {
  Loopback server;
  const Answer answer = copy(server, "/bucket/to", "bucket");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"), "Invalid copy source object key");
}

TEST(CopyObject, StrangerMayNotReadThroughACopy) {
  Loopback server;
  server.put("/bucket/secret", "x");
  const Answer answer = server.send({.method = "PUT",
                                     .target = "/public/to",
                                     .headers = {{"x-amz-copy-source", "bucket/secret"}},
                                     .is_signed = false});
  EXPECT_EQ(answer.outcome(), "403 AccessDenied");
  EXPECT_EQ(server.get("/public/to").status, 404);
}

TEST(CopyObject, AnotherChecksumIsComputedWhenAskedFor) {
  Loopback server;
  server.put("/bucket/from", "hello");
  const Answer answer =
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-checksum-algorithm", "SHA256"}});
  EXPECT_EQ(answer.element("ChecksumSHA256"), digest_of("SHA256", "hello"));
  EXPECT_EQ(
      copy(server, "/bucket/to", "bucket/from", {{"x-amz-checksum-algorithm", "MD4"}}).outcome(),
      "400 InvalidRequest");
}

TEST(CopyObject, OfAnUploadInPartsIsAPlainObject) {
  Loopback server;
  auto writer = server.store().begin_write();
  ASSERT_TRUE(writer->write(text::as_bytes("hello")));
  auto content = writer->finish();
  ASSERT_TRUE(content);
  model::ObjectVersion version;
  version.key = "parts";
  version.size_bytes = 5;
  version.etag = "9a0364b9e99bb480dd25e1f0284c8555-2";
  version.checksum = {checksum::Algorithm::kSha1, model::ChecksumType::kComposite, "xxx=-2"};
  version.parts = {{1, 3, "a"}, {2, 2, "b"}};
  ASSERT_TRUE(task::run_blocking(server.store().put_object(
      server.bucket_id("bucket"), std::move(version), std::move(*content), {})));

  const Answer answer = copy(server, "/bucket/to", "bucket/parts");
  EXPECT_EQ(answer.element("ETag"), "&quot;5d41402abc4b2a76b9719d911017c592&quot;");
  EXPECT_EQ(answer.element("ChecksumSHA1"), digest_of("SHA1", "hello"));
  EXPECT_EQ(answer.element("ChecksumType"), "FULL_OBJECT");
  EXPECT_EQ(server.get("/bucket/to?partNumber=2").outcome(), "416 InvalidPartNumber");
}

TEST(CopyObject, FromAnArchiveIsInvalidObjectState) {
  Loopback server;
  server.put("/bucket/from", "x", {{"x-amz-storage-class", "GLACIER"}});
  EXPECT_EQ(copy(server, "/bucket/to", "bucket/from").outcome(), "403 InvalidObjectState");
}

TEST(CopyObject, ExpectedOwnerOfTheSourceMustBeItsOwner) {
  Loopback server;
  server.put("/bucket/source", "x");
  const auto copy = [&server](const char* account) {
    return server
        .put("/bucket/copy", "",
             {{"x-amz-copy-source", "/bucket/source"},
              {"x-amz-source-expected-bucket-owner", account}})
        .outcome();
  };
  EXPECT_EQ(copy(test::kOwnerAccountId), "200");
  EXPECT_EQ(copy(test::kStrangerAccountId), "403 AccessDenied");
  EXPECT_EQ(copy("somebody"), "400 InvalidBucketOwnerAWSAccountID");
}

TEST(CopyObject, TakesNothingOfTheLockOfItsSource) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked/source", "x", {{"x-amz-object-lock-legal-hold", "ON"}});
  const http::Header source{"x-amz-copy-source", "/locked/source"};
  ASSERT_EQ(server.put("/locked/plain", "", {source}).outcome(), "200");
  EXPECT_EQ(server.head("/locked/plain").header("x-amz-object-lock-legal-hold"), "");
  Headers headers = lock_headers("GOVERNANCE", kTomorrow);
  headers.push_back(source);
  ASSERT_EQ(server.put("/locked/own", "", headers).outcome(), "200");
  EXPECT_EQ(server.head("/locked/own").header("x-amz-object-lock-mode"), "GOVERNANCE");
  EXPECT_EQ(server.head("/locked/own").header("x-amz-object-lock-legal-hold"), "");
}

TEST(CopyObject, TagsAreCopiedForThoseWhoMayReadThem) {
  Loopback server;
  server.put("/bucket/from", "x", {{"x-amz-tagging", "a=1"}});
  ASSERT_EQ(server
                .put("/bucket?policy",
                     R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*",)"
                     R"("Action":"s3:GetObjectTagging","Resource":"arn:aws:s3:::bucket/*"}]})")
                .status,
            204);
  EXPECT_EQ(copy(server, "/other/to", "/bucket/from").outcome(), "403 AccessDenied");
  EXPECT_EQ(
      copy(server, "/other/to", "/bucket/from", {{"x-amz-tagging-directive", "REPLACE"}}).outcome(),
      "200");
}

}  // namespace
}  // namespace pail::test
