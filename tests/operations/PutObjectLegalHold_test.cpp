#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"
#include "operations/policy_fixture.h"

namespace pail::test {
namespace {

constexpr const char* kOn = "<LegalHold><Status>ON</Status></LegalHold>";
constexpr const char* kOff = "<LegalHold><Status>OFF</Status></LegalHold>";
constexpr const char* kTarget = "/locked/key?legal-hold";

TEST(PutObjectLegalHold, KeepsTheVersionUntilItIsTakenOff) {
  Loopback server;
  make_locked_bucket(server);
  const std::string version = server.put("/locked/key", "x").header("x-amz-version-id");
  const std::string target = "/locked/key?versionId=" + version;
  ASSERT_EQ(put_whole(server, kTarget, kOn).outcome(), "200");
  EXPECT_EQ(server.head("/locked/key").header("x-amz-object-lock-legal-hold"), "ON");
  server.clock().advance(std::chrono::hours(24));
  EXPECT_EQ(server.remove(target, {{"x-amz-bypass-governance-retention", "true"}}).outcome(),
            "403 AccessDenied");
  ASSERT_EQ(put_whole(server, kTarget, kOff).outcome(), "200");
  EXPECT_EQ(server.head("/locked/key").header("x-amz-object-lock-legal-hold"), "OFF");
  EXPECT_EQ(server.remove(target).outcome(), "204");
}

TEST(PutObjectLegalHold, LeavesTheRetentionAsItIs) {
  Loopback server;
  make_locked_bucket(server);
  put_whole(server, "/locked/key", "x", lock_headers("COMPLIANCE", kTomorrow));
  put_whole(server, kTarget, kOn);
  EXPECT_EQ(server.head("/locked/key").header("x-amz-object-lock-mode"), "COMPLIANCE");
}

TEST(PutObjectLegalHold, RefusesWhatAwsRefuses) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  server.put("/bucket/key", "x");
  EXPECT_EQ(put_whole(server, "/bucket/key?legal-hold", kOn).element("Message"),
            "Bucket is missing Object Lock Configuration");
  EXPECT_EQ(put_whole(server, kTarget, "<LegalHold/>").outcome(), "400 MalformedXML");
  EXPECT_EQ(server.put(kTarget, kOn).outcome(), "400 InvalidRequest");
  EXPECT_EQ(put_whole(server, "/locked/nothing?legal-hold", kOn).outcome(), "404 NoSuchKey");
  server.remove("/locked/key");
  EXPECT_EQ(put_whole(server, kTarget, kOn).outcome(), "405 MethodNotAllowed");
}

TEST(PutObjectLegalHold, IsNotForStrangers) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  EXPECT_EQ(
      outcomes_of_strangers(
          server, {.method = "PUT", .target = kTarget, .headers = {content_md5(kOn)}, .body = kOn}),
      kAllRefused);
}

TEST(PutObjectLegalHold, PoliciesSeeTheDocument) {
  Loopback server;
  make_locked_bucket(server);
  server.put("/locked/key", "x");
  const auto hold = [](const char* document) {
    return Call{
        .method = "PUT", .target = kTarget, .headers = {content_md5(document)}, .body = document};
  };
  const char* const condition = R"({"StringEquals":{"s3:object-lock-legal-hold":"ON"}})";
  const Statement allow{"Allow", "s3:PutObjectLegalHold", "locked", condition};
  const Statement deny{"Deny", "s3:PutObjectLegalHold", "locked", condition};
  EXPECT_EQ(outcome_under(server, allow, hold(kOn)), "200");
  EXPECT_EQ(outcome_under(server, allow, hold(kOff)), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, deny, hold(kOn)), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, deny, hold(kOff)), "200");
}

}  // namespace
}  // namespace pail::test
