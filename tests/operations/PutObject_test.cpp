#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"
#include "support/loopback.h"
#include "text/ascii.h"

namespace pail::test {
namespace {

constexpr const char* kHello = "hello";
constexpr const char* kHelloMd5Hex = "5d41402abc4b2a76b9719d911017c592";

TEST(PutObject, AnswersEtagChecksumAndEncryption) {
  Loopback server;
  const Answer answer = server.put("/bucket/key", kHello);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("ETag"), '"' + std::string(kHelloMd5Hex) + '"');
  EXPECT_EQ(answer.header("x-amz-checksum-crc64nvme"), digest_of("CRC64NVME", kHello));
  EXPECT_EQ(answer.header("x-amz-checksum-type"), "FULL_OBJECT");
  EXPECT_EQ(answer.header("x-amz-server-side-encryption"), "AES256");
  EXPECT_EQ(server.get("/bucket/key").body, kHello);
}

TEST(PutObject, EmptyBodyMakesAnEmptyObject) {
  Loopback server;
  const Answer answer = server.put("/bucket/empty", "");
  EXPECT_EQ(answer.header("ETag"), "\"d41d8cd98f00b204e9800998ecf8427e\"");
  const Answer read = server.get("/bucket/empty");
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.header("Content-Length"), "0");
}

TEST(PutObject, KeysAreKeptExactly) {
  Loopback server;
  const std::vector<std::string> paths = {
      "/bucket/dir/",  "/bucket/a//b",  "/bucket/a/../b",       "/bucket/.",
      "/bucket/a%2Bb", "/bucket/a%20b", "/bucket/%F0%9F%AA%A3", "/bucket/a%25b"};
  for (const std::string& path : paths) EXPECT_EQ(server.put(path, path).status, 200) << path;
  for (const std::string& path : paths) EXPECT_EQ(server.get(path).body, path);
}

TEST(PutObject, ReplacesWhatWasThere) {
  Loopback server;
  server.put("/bucket/key", "old", {{"x-amz-meta-a", "old"}});
  server.put("/bucket/key", "new");
  const Answer read = server.get("/bucket/key");
  EXPECT_EQ(read.body, "new");
  EXPECT_EQ(read.header("x-amz-meta-a"), "");
}

class PutObjectChecksum : public testing::TestWithParam<const char*> {};

TEST_P(PutObjectChecksum, InAHeaderIsVerifiedAndAnswered) {
  Loopback server;
  const std::string header = "x-amz-checksum-" + text::to_lower(GetParam());
  const std::string right = digest_of(GetParam(), kHello);
  const Answer put = server.put("/bucket/key", kHello,
                                {{"x-amz-sdk-checksum-algorithm", GetParam()}, {header, right}});
  EXPECT_EQ(put.status, 200);
  EXPECT_EQ(put.header(header), right);
  EXPECT_EQ(server.get("/bucket/key", {{"x-amz-checksum-mode", "ENABLED"}}).header(header), right);

  const Answer wrong = server.put("/bucket/other", kHello, {{header, digest_of(GetParam(), "x")}});
  EXPECT_EQ(wrong.outcome(), "400 BadDigest");
  EXPECT_EQ(wrong.element("Message"), "The " + std::string(GetParam()) +
                                          " you specified did not match the calculated checksum.");
  EXPECT_EQ(server.get("/bucket/other").status, 404);

  const Answer broken = server.put("/bucket/other", kHello, {{header, "not base64"}});
  EXPECT_EQ(broken.outcome(), "400 InvalidRequest");
  EXPECT_EQ(broken.element("Message"), "Value for " + header + " header is invalid.");
}

INSTANTIATE_TEST_SUITE_P(Algorithms, PutObjectChecksum,
                         testing::Values("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "MD5",
                                         "SHA512", "XXHASH64", "XXHASH3", "XXHASH128"));

/// What SDKs send over https: chunks without signatures, and the checksum behind them.
Answer put_with_trailer(Loopback& server, const std::string& checksum) {
  return server.send({.method = "PUT",
                      .target = "/bucket/key",
                      .headers = {{"Content-Encoding", "gzip,aws-chunked"},
                                  {"x-amz-decoded-content-length", "5"},
                                  {"x-amz-trailer", "x-amz-checksum-crc32"},
                                  {"x-amz-sdk-checksum-algorithm", "CRC32"}},
                      .body = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:" + checksum + "\r\n\r\n",
                      .content_sha256 = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"});
}

TEST(PutObject, ChecksumInATrailerIsVerifiedAndAnswered) {
  Loopback server;
  EXPECT_EQ(put_with_trailer(server, "AAAAAA==").outcome(), "400 BadDigest");
  EXPECT_EQ(server.get("/bucket/key").status, 404);
  const std::string right = digest_of("CRC32", kHello);
  const Answer put = put_with_trailer(server, right);
  EXPECT_EQ(put.status, 200);
  EXPECT_EQ(put.header("x-amz-checksum-crc32"), right);
  const Answer read = server.get("/bucket/key");
  EXPECT_EQ(read.body, kHello);
  EXPECT_EQ(read.header("Content-Encoding"), "gzip");
}

TEST(PutObject, TwoChecksumsAreOneTooMany) {
  Loopback server;
  const Answer answer = server.put("/bucket/key", kHello,
                                   {{"x-amz-checksum-crc32", digest_of("CRC32", kHello)},
                                    {"x-amz-checksum-sha1", digest_of("SHA1", kHello)}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  EXPECT_FALSE(answer.body_was_wanted);
}

TEST(PutObject, AlgorithmWithoutAChecksumIsRefused) {
  Loopback server;
  const Answer answer =
      server.put("/bucket/key", kHello, {{"x-amz-sdk-checksum-algorithm", "CRC32"}});
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
            "x-amz-trailer headers were found.");
}

TEST(PutObject, ContentMd5IsVerified) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/key", kHello, {{"Content-MD5", digest_of("MD5", kHello)}}).status,
            200);
  const Answer wrong =
      server.put("/bucket/key", kHello, {{"Content-MD5", digest_of("MD5", "other")}});
  EXPECT_EQ(wrong.outcome(), "400 BadDigest");
  EXPECT_EQ(wrong.element("Message"),
            "The Content-MD5 you specified did not match what we received.");
  EXPECT_EQ(wrong.element("CalculatedDigest"), digest_of("MD5", kHello));
  EXPECT_EQ(wrong.element("ExpectedDigest"), "795f3202b17cb6bc3d4b771d8c6c9eaf");
}

TEST(PutObject, ContentMd5ThatIsNoneIsInvalid) {
  Loopback server;
  for (const char* value : {"__invalid__", "000", "not base64 encoded checksum", "MTIz"}) {
    const Answer answer = server.put("/bucket/key", kHello, {{"Content-MD5", value}});
    EXPECT_EQ(answer.outcome(), "400 InvalidDigest") << value;
    EXPECT_EQ(answer.element("Content-MD5"), value);
  }
}

TEST(PutObject, IfNoneMatchStarRefusesToReplaceBeforeTheBodyIsSent) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/key", "first", {{"If-None-Match", "*"}}).status, 200);
  const Answer second = server.put("/bucket/key", "second", {{"If-None-Match", "*"}});
  EXPECT_EQ(second.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(second.element("Condition"), "If-None-Match");
  EXPECT_FALSE(second.body_was_wanted);
  EXPECT_EQ(server.get("/bucket/key").body, "first");
}

TEST(PutObject, IfMatchReplacesOnlyWhatTheClientHasSeen) {
  Loopback server;
  const std::string etag = server.put("/bucket/key", "first").header("ETag");
  EXPECT_EQ(server.put("/bucket/key", "second", {{"If-Match", etag}}).status, 200);
  const Answer stale = server.put("/bucket/key", "third", {{"If-Match", etag}});
  EXPECT_EQ(stale.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(stale.element("Condition"), "If-Match");
  EXPECT_EQ(server.put("/bucket/nothing", "x", {{"If-Match", etag}}).outcome(), "404 NoSuchKey");
}

TEST(PutObject, OtherConditionsAreNotImplemented) {
  Loopback server;
  const Answer answer = server.put("/bucket/key", "x", {{"If-None-Match", "\"abc\""}});
  EXPECT_EQ(answer.outcome(), "501 NotImplemented");
  EXPECT_EQ(answer.element("Header"), "If-None-Match");
  EXPECT_EQ(server.put("/bucket/key", "x", {{"If-Match", "*"}}).outcome(), "501 NotImplemented");
}

TEST(PutObject, TooMuchMetadataIsRefusedBeforeTheBodyIsSent) {
  Loopback server;
  const Answer answer =
      server.put("/bucket/key", "x", {{"x-amz-meta-long", std::string(3000, 'v')}});
  EXPECT_EQ(answer.outcome(), "400 MetadataTooLarge");
  EXPECT_EQ(answer.element("MaxSizeAllowed"), "2048");
  EXPECT_EQ(answer.element("Size"), "3004");
  EXPECT_FALSE(answer.body_was_wanted);
}

TEST(PutObject, StorageClassIsKeptOrRefused) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-storage-class", "STANDARD_IA"}});
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-storage-class"), "STANDARD_IA");
  const Answer refused = server.put("/bucket/key", "x", {{"x-amz-storage-class", "FakeClass"}});
  EXPECT_EQ(refused.outcome(), "400 InvalidStorageClass");
  EXPECT_EQ(refused.element("StorageClassRequested"), "FakeClass");
}

TEST(PutObject, TagsComeWithTheHeader) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/key", "x", {{"x-amz-tagging", "a=1&b=2"}}).status, 200);
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-tagging-count"), "2");
  EXPECT_EQ(server.put("/bucket/key", "x", {{"x-amz-tagging", "a=1&a=2"}}).outcome(),
            "400 InvalidArgument");
}

TEST(PutObject, AclsThatGrantAreNotSupported) {
  Loopback server;
  const Answer answer = server.put("/bucket/key", "x", {{"x-amz-acl", "public-read"}});
  EXPECT_EQ(answer.outcome(), "400 AccessControlListNotSupported");
  EXPECT_EQ(answer.element("Message"), "The bucket does not allow ACLs");
  EXPECT_EQ(server.put("/bucket/key", "x", {{"x-amz-acl", "private"}}).status, 200);
}

TEST(PutObject, WhatIsNotDoneYetIsRefusedByName) {
  Loopback server;
  const Answer answer = server.put("/bucket/key", "x", {{"x-amz-object-lock-event-hold", "ON"}});
  EXPECT_EQ(answer.outcome(), "501 NotImplemented");
  EXPECT_EQ(answer.element("Header"), "x-amz-object-lock-event-hold");
  EXPECT_EQ(server.get("/bucket/key").status, 404);
}

TEST(PutObject, LocksTheVersionThatItWrites) {
  Loopback server;
  make_locked_bucket(server);
  Headers headers = lock_headers("GOVERNANCE", kTomorrow);
  headers.push_back({"x-amz-object-lock-legal-hold", "ON"});
  const Answer unsure = server.put("/locked/key", "x", headers);
  EXPECT_EQ(unsure.outcome(), "400 InvalidRequest");
  EXPECT_EQ(unsure.element("Message"),
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with "
            "Object Lock parameters");
  headers.push_back({"x-amz-checksum-crc32", digest_of("CRC32", "x")});
  ASSERT_EQ(server.put("/locked/key", "x", headers).outcome(), "200");
  const Answer head = server.head("/locked/key");
  EXPECT_EQ(head.header("x-amz-object-lock-mode"), "GOVERNANCE");
  EXPECT_EQ(head.header("x-amz-object-lock-retain-until-date"), kTomorrow);
  EXPECT_EQ(head.header("x-amz-object-lock-legal-hold"), "ON");
}

TEST(PutObject, LocksAreForLockedBucketsAndKnownSenders) {
  Loopback server;
  const Headers headers = lock_headers("GOVERNANCE", kTomorrow);
  const Answer unlocked = put_whole(server, "/bucket/key", "x", headers);
  EXPECT_EQ(unlocked.outcome(), "400 InvalidRequest");
  EXPECT_EQ(unlocked.element("Message"), "Bucket is missing ObjectLockConfiguration");
  const Answer anonymous = send_anonymously(server, "PUT", "/public/key", headers, "x");
  EXPECT_EQ(anonymous.outcome(), "400 InvalidArgument");
  EXPECT_EQ(anonymous.element("ArgumentName"), "Authorization");
}

TEST(PutObject, LockingTakesItsOwnPermissions) {
  Loopback server;
  make_locked_bucket(server);
  ASSERT_EQ(server
                .put("/locked?policy",
                     R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*",)"
                     R"("Action":"s3:PutObjectRetention","Resource":"arn:aws:s3:::locked/*"}]})")
                .status,
            204);
  EXPECT_EQ(put_whole(server, "/locked/key", "x", lock_headers("GOVERNANCE", kTomorrow)).outcome(),
            "403 AccessDenied");
  EXPECT_EQ(
      put_whole(server, "/locked/key", "x", {{"x-amz-object-lock-legal-hold", "ON"}}).outcome(),
      "200");
}

TEST(PutObject, ChunkedWithoutALengthIsNotImplemented) {
  Loopback server;
  const Answer answer = server.send({.method = "PUT",
                                     .target = "/bucket/key",
                                     .headers = {{"Transfer-Encoding", "chunked"}},
                                     .body = "x",
                                     .length_is_known = false});
  EXPECT_EQ(answer.outcome(), "501 NotImplemented");
  EXPECT_EQ(answer.element("Header"), "Transfer-Encoding");
  EXPECT_FALSE(answer.body_was_wanted);
}

TEST(PutObject, IntoABucketThatIsNotThereIsNoSuchBucket) {
  Loopback server;
  EXPECT_EQ(server.put("/nobucket/key", "x").outcome(), "404 NoSuchBucket");
}

TEST(PutObject, AnyoneMayWriteToAPublicBucket) {
  Loopback server;
  EXPECT_EQ(server.send({.method = "PUT", .target = "/public/key", .body = "x", .is_signed = false})
                .status,
            200);
  EXPECT_EQ(server.send({.method = "PUT", .target = "/bucket/key", .body = "x", .is_signed = false})
                .outcome(),
            "403 AccessDenied");
}

}  // namespace
}  // namespace pail::test
