#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"

namespace pail::test {
namespace {

constexpr const char* kTarget = "/bucket?tagging";

std::string tagging(const std::string& key, const std::string& value) {
  return "<Tagging><TagSet><Tag><Key>" + key + "</Key><Value>" + value +
         "</Value></Tag></TagSet></Tagging>";
}

TEST(PutBucketTagging, ReplacesTheTags) {
  Loopback server;
  ASSERT_EQ(put_whole(server, kTarget, tagging("old", "1")).outcome(), "204");
  ASSERT_EQ(put_whole(server, kTarget, tagging("new", "2")).outcome(), "204");
  EXPECT_EQ(server.get(kTarget).element("TagSet"), "<Tag><Key>new</Key><Value>2</Value></Tag>");
}

TEST(PutBucketTagging, WithoutTagsRemovesThem) {
  Loopback server;
  put_whole(server, kTarget, tagging("old", "1"));
  ASSERT_EQ(put_whole(server, kTarget, "<Tagging><TagSet></TagSet></Tagging>").outcome(), "204");
  EXPECT_EQ(server.get(kTarget).outcome(), "404 NoSuchTagSet");
}

TEST(PutBucketTagging, RefusesInTheWordsForBuckets) {
  Loopback server;
  const Answer reserved = put_whole(server, kTarget, tagging("aws:prefixed", "1"));
  EXPECT_EQ(reserved.outcome(), "400 InvalidTag");
  EXPECT_EQ(reserved.element("Message"), "System tags cannot be added/updated by requester");
  EXPECT_EQ(reserved.element("TagKey"), "aws:prefixed");
  EXPECT_EQ(put_whole(server, kTarget, tagging("Key1,Key2", "1")).element("Message"),
            "The TagKey you have provided is invalid");
  std::string many = "<Tagging><TagSet>";
  for (int i = 0; i < 51; ++i) {
    many += "<Tag><Key>k" + std::to_string(i) + "</Key><Value>v</Value></Tag>";
  }
  const Answer refused = put_whole(server, kTarget, many + "</TagSet></Tagging>");
  EXPECT_EQ(refused.outcome(), "400 BadRequest");
  EXPECT_EQ(refused.element("Message"), "Bucket tag count cannot be greater than 50");
  EXPECT_EQ(put_whole(server, kTarget, "<Tagging/>").outcome(), "400 MalformedXML");
  EXPECT_EQ(server.put(kTarget, tagging("k", "v")).outcome(), "400 InvalidRequest");
}

TEST(PutBucketTagging, IsNotForStrangers) {
  Loopback server;
  const std::string document = tagging("k", "v");
  EXPECT_EQ(outcomes_of_strangers(server, {.method = "PUT",
                                           .target = kTarget,
                                           .headers = {content_md5(document)},
                                           .body = document}),
            kAllRefused);
}

}  // namespace
}  // namespace pail::test
