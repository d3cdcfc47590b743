#include "access/wildcard.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::access {
namespace {

TEST(Wildcard, StarIsAnyBytesAndQuestionMarkIsOne) {
  EXPECT_TRUE(wildcard_match("bucket/*", "bucket/a/b"));
  EXPECT_TRUE(wildcard_match("bucket/*", "bucket/"));
  EXPECT_FALSE(wildcard_match("bucket/*", "bucket"));
  EXPECT_TRUE(wildcard_match("*", ""));
  EXPECT_TRUE(wildcard_match("b/*.jpg", "b/a.png/b.jpg"));
  EXPECT_FALSE(wildcard_match("b/*.jpg", "b/a.jpeg"));
  EXPECT_TRUE(wildcard_match("b/?", "b/a"));
  EXPECT_FALSE(wildcard_match("b/?", "b/"));
  EXPECT_FALSE(wildcard_match("b/?", "b/ab"));
  EXPECT_TRUE(wildcard_match("*a*b", "aabab"));
  EXPECT_TRUE(wildcard_match("", ""));
  EXPECT_FALSE(wildcard_match("", "a"));
}

TEST(Wildcard, ManyStarsTakeNoExponentialTime) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  EXPECT_FALSE(wildcard_match(pattern, std::string(900, 'a')));
  EXPECT_FALSE(wildcard_match(pattern + "b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace pail::access
