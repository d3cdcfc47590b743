#include <gtest/gtest.h>

#include "support/loopback.h"

namespace pail::test {
namespace {

TEST(GetObjectTagging, AnswersTheTagsThatWereGivenWithTheObject) {
  Loopback server;
  server.put("/bucket/key", "x", {{"x-amz-tagging", "a=1&b=%2F"}});
  const Answer answer = server.get("/bucket/key?tagging");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.element("TagSet"),
            "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>/</Value></Tag>");
}

TEST(GetObjectTagging, WithoutTagsTheSetIsEmpty) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer answer = server.get("/bucket/key?tagging");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("<TagSet></TagSet>"), std::string::npos);
}

TEST(GetObjectTagging, OfAKeyThatIsNotThereIsNoSuchKey) {
  Loopback server;
  EXPECT_EQ(server.get("/bucket/nothing?tagging").outcome(), "404 NoSuchKey");
}

}  // namespace
}  // namespace pail::test
