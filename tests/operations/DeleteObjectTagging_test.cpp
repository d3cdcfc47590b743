#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {
namespace {

TEST(DeleteObjectTagging, RemovesTheTagsAndKeepsTheObject) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-tagging", "a=1"}});
  const Answer answer = server.remove("/bucket/key?tagging");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(server.head("/bucket/key").header("x-amz-tagging-count"), "");
  EXPECT_EQ(server.get("/bucket/key").body, "x");
}

TEST(DeleteObjectTagging, OfAKeyThatIsNotThereIsNoSuchKey) {
  Loopback server;
  EXPECT_EQ(server.remove("/bucket/nothing?tagging").outcome(), "404 NoSuchKey");
}

}  // namespace
}  // namespace pail::test
