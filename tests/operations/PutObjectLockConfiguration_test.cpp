#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

const std::string kPlain =
    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
    "</ObjectLockConfiguration>";

std::string with_default(const std::string& mode, const std::string& period) {
  return "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
         "<DefaultRetention><Mode>" +
         mode + "</Mode>" + period + "</DefaultRetention></Rule></ObjectLockConfiguration>";
}

TEST(PutObjectLockConfiguration, LocksNewVersionsByDefault) {
  Loopback server;
  make_locked_bucket(server);
  ASSERT_EQ(put_whole(server, "/locked?object-lock", with_default("COMPLIANCE", "<Days>1</Days>"))
                .outcome(),
            "200");
  ASSERT_EQ(put_whole(server, "/locked/key", "x").outcome(), "200");
  const Answer head = server.head("/locked/key");
  EXPECT_EQ(head.header("x-amz-object-lock-mode"), "COMPLIANCE");
  EXPECT_EQ(head.header("x-amz-object-lock-retain-until-date"), kTomorrow);
  EXPECT_EQ(head.header("x-amz-object-lock-legal-hold"), "");
}

TEST(PutObjectLockConfiguration, WhatTheRequestSaysWinsOverTheDefault) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked?object-lock", with_default("COMPLIANCE", "<Years>1</Years>"));
  put_whole(server, "/locked/key", "x", lock_headers("GOVERNANCE", kTomorrow));
  EXPECT_EQ(server.head("/locked/key").header("x-amz-object-lock-mode"), "GOVERNANCE");
}

TEST(PutObjectLockConfiguration, LocksUploadsAndCopiesByDefault) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked?object-lock", with_default("GOVERNANCE", "<Days>1</Days>"));
  server.put("/bucket/source", "x");
  ASSERT_EQ(server.put("/locked/copy", "", {{"x-amz-copy-source", "/bucket/source"}}).outcome(),
            "200");
  EXPECT_EQ(server.head("/locked/copy").header("x-amz-object-lock-mode"), "GOVERNANCE");
  const std::string upload = server.post("/locked/parts?uploads", "").element("UploadId");
  const std::string part = "/locked/parts?partNumber=1&uploadId=" + upload;
  const Answer unsure = server.put(part, "x");
  EXPECT_EQ(unsure.outcome(), "400 InvalidRequest");
  EXPECT_EQ(unsure.element("Message"),
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Part requests with "
            "Object Lock parameters");
  const std::string etag = put_whole(server, part, "x").header("ETag");
  ASSERT_EQ(server
                .post("/locked/parts?uploadId=" + upload,
                      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag +
                          "</ETag></Part></CompleteMultipartUpload>")
                .outcome(),
            "200");
  EXPECT_EQ(server.head("/locked/parts").header("x-amz-object-lock-retain-until-date"), kTomorrow);
}

TEST(PutObjectLockConfiguration, WithoutARuleEndsTheDefault) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked?object-lock", with_default("COMPLIANCE", "<Days>1</Days>"));
  ASSERT_EQ(put_whole(server, "/locked?object-lock", kPlain).outcome(), "200");
  server.put("/locked/key", "x");
  EXPECT_EQ(server.head("/locked/key").header("x-amz-object-lock-mode"), "");
}

TEST(PutObjectLockConfiguration, ABucketThatKeepsVersionsCanBeLockedLater) {
  Loopback server;
  const Answer early = put_whole(server, "/bucket?object-lock", kPlain);
  EXPECT_EQ(early.outcome(), "409 InvalidBucketState");
  EXPECT_EQ(early.element("Message"),
            "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  server.put("/bucket?versioning",
             "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  EXPECT_EQ(put_whole(server, "/bucket?object-lock", kPlain).outcome(), "200");
  EXPECT_EQ(put_whole(server, "/bucket/key", "x", lock_headers("GOVERNANCE", kTomorrow)).outcome(),
            "200");
}

TEST(PutObjectLockConfiguration, WrongDocumentsAreRefused) {
  Loopback server;
  make_locked_bucket(server);
  EXPECT_EQ(put_whole(server, "/locked?object-lock", "<ObjectLockConfiguration/>").outcome(),
            "400 MalformedXML");
  const Answer zero =
      put_whole(server, "/locked?object-lock", with_default("GOVERNANCE", "<Days>0</Days>"));
  EXPECT_EQ(zero.outcome(), "400 InvalidArgument");
  EXPECT_EQ(zero.element("Message"), "Default retention period must be a positive integer value.");
  EXPECT_EQ(server.put("/locked?object-lock", kPlain).outcome(), "400 InvalidRequest");
}

TEST(PutObjectLockConfiguration, IsNotForStrangers) {
  Loopback server;
  make_locked_bucket(server);
  EXPECT_EQ(outcomes_of_strangers(server, {.method = "PUT",
                                           .target = "/locked?object-lock",
                                           .headers = {content_md5(kPlain)},
                                           .body = kPlain}),
            kAllRefused);
}

}  // namespace
}  // namespace pail::test
