#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

TEST(DeleteBucketTagging, RemovesTheTagsAndIsRepeatable) {
  Loopback server;
  put_whole(server, "/bucket?tagging",
            "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>");
  EXPECT_EQ(server.remove("/bucket?tagging").outcome(), "204");
  EXPECT_EQ(server.get("/bucket?tagging").outcome(), "404 NoSuchTagSet");
  EXPECT_EQ(server.remove("/bucket?tagging").outcome(), "204");
}

TEST(DeleteBucketTagging, IsNotForStrangers) {
  Loopback server;
  EXPECT_EQ(outcomes_of_strangers(server, {.method = "DELETE", .target = "/bucket?tagging"}),
            kAllRefused);
}

}  // namespace
}  // namespace pail::test
