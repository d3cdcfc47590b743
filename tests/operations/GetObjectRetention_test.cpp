#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

TEST(GetObjectRetention, ShowsTheRetentionOfAVersion) {
  Loopback server;
  make_locked_bucket(server);
  const std::string version =
      put_whole(server, "/locked/key", "x", lock_headers("GOVERNANCE", kTomorrow))
          .header("x-amz-version-id");
  server.put("/locked/key", "newer, not locked");
  const Answer answer = server.get("/locked/key?retention&versionId=" + version);
  EXPECT_EQ(answer.element("Mode"), "GOVERNANCE");
  EXPECT_EQ(answer.element("RetainUntilDate"), kTomorrow);
}

TEST(GetObjectRetention, WhereThereIsNoneItIsNotFound) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  server.put("/bucket/key", "x");
  const Answer unset = server.get("/locked/key?retention");
  EXPECT_EQ(unset.outcome(), "404 NoSuchObjectLockConfiguration");
  EXPECT_EQ(unset.element("Message"),
            "The specified object does not have a ObjectLock configuration");
  EXPECT_EQ(server.get("/bucket/key?retention").outcome(), "400 InvalidRequest");
  EXPECT_EQ(server.get("/locked/nothing?retention").outcome(), "404 NoSuchKey");
}

TEST(GetObjectRetention, OfADeleteMarkerIsNotAllowed) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  const std::string marker = server.remove("/locked/key").header("x-amz-version-id");
  EXPECT_EQ(server.get("/locked/key?retention&versionId=" + marker).outcome(),
            "405 MethodNotAllowed");
}

TEST(GetObjectRetention, IsNotForStrangers) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked/key", "x", lock_headers("GOVERNANCE", kTomorrow));
  EXPECT_EQ(outcomes_of_strangers(server, {.target = "/locked/key?retention"}), kAllRefused);
}

/// Who may only read the object is told nothing of its lock.
TEST(GetObjectRetention, HeadersOfGetAndHeadAreForThoseWhoMayReadTheLock) {
  Loopback server;
  make_locked_bucket(server);
  Headers headers = lock_headers("GOVERNANCE", kTomorrow);
  headers.push_back({"x-amz-object-lock-legal-hold", "ON"});
  put_whole(server, "/locked/key", "x", headers);
  server.remove("/locked?publicAccessBlock");
  ASSERT_EQ(server
                .put("/locked?policy",
                     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
                     R"("Action":["s3:GetObject","s3:GetObjectLegalHold"],)"
                     R"("Resource":"arn:aws:s3:::locked/*"}]})")
                .status,
            204);
  const Answer anyone = send_anonymously(server, "GET", "/locked/key");
  EXPECT_EQ(anyone.status, 200);
  EXPECT_EQ(anyone.header("x-amz-object-lock-mode"), "");
  EXPECT_EQ(anyone.header("x-amz-object-lock-retain-until-date"), "");
  EXPECT_EQ(anyone.header("x-amz-object-lock-legal-hold"), "ON");
  EXPECT_EQ(server.get("/locked/key").header("x-amz-object-lock-mode"), "GOVERNANCE");
}

}  // namespace
}  // namespace pail::test
