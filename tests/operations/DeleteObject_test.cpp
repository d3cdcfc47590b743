#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {
namespace {

TEST(DeleteObject, RemovesTheObject) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer answer = server.remove("/bucket/key");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(server.get("/bucket/key").outcome(), "404 NoSuchKey");
}

TEST(DeleteObject, OfNothingSucceedsAsWell) {
  Loopback server;
  EXPECT_EQ(server.remove("/bucket/nothing").status, 204);
  EXPECT_EQ(server.remove("/bucket/nothing?versionId=null").status, 204);
  EXPECT_EQ(server.remove("/nobucket/key").outcome(), "404 NoSuchBucket");
}

TEST(DeleteObject, LeavesKeysThatOnlyBeginAlike) {
  Loopback server;
  server.put("/bucket/a", "1");
  server.put("/bucket/a/b", "2");
  server.remove("/bucket/a");
  EXPECT_EQ(server.get("/bucket/a/b").body, "2");
}

TEST(DeleteObject, IfMatchGuardsTheObject) {
  Loopback server;
  const std::string etag = server.put("/bucket/key", "x").header("ETag");
  const Answer other = server.remove("/bucket/key", {{"If-Match", "\"other\""}});
  EXPECT_EQ(other.outcome(), "412 PreconditionFailed");
  EXPECT_EQ(other.element("Condition"), "If-Match");
  EXPECT_EQ(server.get("/bucket/key").status, 200);
  EXPECT_EQ(server.remove("/bucket/key", {{"If-Match", etag}}).status, 204);
  EXPECT_EQ(server.remove("/bucket/key", {{"If-Match", etag}}).outcome(), "404 NoSuchKey");
}

TEST(DeleteObject, IfMatchStarWantsSomethingToBeThere) {
  Loopback server;
  server.put("/bucket/key", "x");
  EXPECT_EQ(server.remove("/bucket/key", {{"If-Match", "*"}}).status, 204);
  EXPECT_EQ(server.remove("/bucket/key", {{"If-Match", "*"}}).outcome(), "404 NoSuchKey");
}

TEST(DeleteObject, ConditionsOfDirectoryBucketsAreNotImplemented) {
  Loopback server;
  const Answer answer = server.remove("/bucket/key", {{"x-amz-if-match-size", "1"}});
  EXPECT_EQ(answer.outcome(), "501 NotImplemented");
  EXPECT_EQ(answer.element("Header"), "x-amz-if-match-size");
}

TEST(DeleteObject, VersionThatCanNotExistIsInvalid) {
  Loopback server;
  const Answer answer = server.remove("/bucket/key?versionId=bad");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("ArgumentValue"), "bad");
}

TEST(DeleteObject, GovernanceHasNoMeaningWithoutObjectLock) {
  Loopback server;
  EXPECT_EQ(server.remove("/bucket/key", {{"x-amz-bypass-governance-retention", "true"}}).outcome(),
            "400 InvalidArgument");
}

}  // namespace
}  // namespace pail::test
