#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

TEST(GetBucketTagging, ShowsTheTagsThatTheBucketWasMadeWith) {
  Loopback server;
  ASSERT_EQ(server
                .put("/tagged",
                     "<CreateBucketConfiguration><Tags><Tag><Key>team</Key><Value>a</Value></Tag>"
                     "</Tags></CreateBucketConfiguration>")
                .status,
            200);
  EXPECT_EQ(server.get("/tagged?tagging").element("TagSet"),
            "<Tag><Key>team</Key><Value>a</Value></Tag>");
}

TEST(GetBucketTagging, OfABucketWithoutTagsIsNoSuchTagSet) {
  Loopback server;
  const Answer answer = server.get("/bucket?tagging");
  EXPECT_EQ(answer.outcome(), "404 NoSuchTagSet");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetBucketTagging, IsNotForStrangers) {
  Loopback server;
  EXPECT_EQ(outcomes_of_strangers(server, {.target = "/bucket?tagging"}), kAllRefused);
}

}  // namespace
}  // namespace pail::test
