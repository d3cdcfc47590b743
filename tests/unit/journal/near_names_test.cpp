#include "journal/near_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/journal/stored_objects.h"

namespace pail::journal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(EditDistance, CountsChanges) {
  EXPECT_EQ(edit_distance("photos", "photos", 3), 0U);
  EXPECT_EQ(edit_distance("photos", "photo", 3), 1U);
  EXPECT_EQ(edit_distance("photos", "fotos", 3), 2U);
  EXPECT_EQ(edit_distance("photos", "pohtos", 3), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3U);
  EXPECT_EQ(edit_distance("", "abc", 5), 3U);
  EXPECT_EQ(edit_distance("", "", 0), 0U);
}

TEST(EditDistance, SaysThatItIsMore) {
  EXPECT_EQ(edit_distance("photos", "videos", 2), 3U);
  EXPECT_EQ(edit_distance("abc", "xyz", 2), 3U);
  EXPECT_EQ(edit_distance("a", "abcdef", 2), 3U);
  EXPECT_EQ(edit_distance("abcdefgh", "bcdefghi", 1), 2U);
  EXPECT_EQ(edit_distance("abcdefgh", "bcdefghi", 2), 2U);
}

TEST(NearNames, FindsBucketsWithATypo) {
  test::StoredObjects objects;
  for (const char* name : {"photos", "photos-test", "videos", "phtos"}) objects.add_bucket(name);
  EXPECT_THAT(near_buckets(objects.store(), "photso"), ElementsAre("photos"));
  EXPECT_THAT(near_buckets(objects.store(), "Photos"), ElementsAre("photos"));
  EXPECT_THAT(near_buckets(objects.store(), "something"), IsEmpty());
}

TEST(NearNames, FindsKeysWithATypo) {
  test::StoredObjects objects;
  const auto bucket = objects.add_bucket("photos");
  for (const char* key : {"user/42/avatar.png", "user/43/other.png", "zebra"}) {
    objects.add_object(*bucket, key);
  }
  EXPECT_THAT(near_keys(objects.store(), *bucket, "user/42/avatra.png"),
              ElementsAre("user/42/avatar.png"));
  EXPECT_THAT(near_keys(objects.store(), *bucket, "user/42/Avatar.PNG"),
              ElementsAre("user/42/avatar.png"));
  EXPECT_THAT(near_keys(objects.store(), *bucket, "nothing/like/it"), IsEmpty());
  EXPECT_THAT(near_keys(objects.store(), *bucket, "zbra"), ElementsAre("zebra"));
}

TEST(NearNames, FindsWhatClientsDoToKeys) {
  test::StoredObjects objects;
  const auto bucket = objects.add_bucket("photos");
  for (const char* key :
       {"a long name with spaces.txt", "folder/", "/lead/ing", "deep/in/it.png"}) {
    objects.add_object(*bucket, key);
  }
  const auto near = [&](std::string_view key) { return near_keys(objects.store(), *bucket, key); };
  EXPECT_THAT(near("a%20long%20name%20with%20spaces.txt"),
              ElementsAre("a long name with spaces.txt"));
  EXPECT_THAT(near("a+long+name+with+spaces.txt"), ElementsAre("a long name with spaces.txt"));
  EXPECT_THAT(near("folder"), ElementsAre("folder/"));
  EXPECT_THAT(near("lead/ing"), ElementsAre("/lead/ing"));
  EXPECT_THAT(near("/deep/in/it.png"), ElementsAre("deep/in/it.png"));
  EXPECT_THAT(near("photos/deep/in/it.png"), ElementsAre("deep/in/it.png"));
}

TEST(NearNames, AreFewAndTheNearestFirst) {
  test::StoredObjects objects;
  const auto bucket = objects.add_bucket("photos");
  for (const char* key : {"image01.png", "image02.png", "image03.png", "image1.png", "imag1.png"}) {
    objects.add_object(*bucket, key);
  }
  const auto near = near_keys(objects.store(), *bucket, "IMAGE1.png");
  ASSERT_FALSE(near.empty());
  EXPECT_EQ(near.front(), "image1.png");
  EXPECT_LE(near.size(), kNearNamesMost);
}

}  // namespace
}  // namespace pail::journal
