#include "fault/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

TEST(Glob, TextWithoutWildcardsStandsForItself) {
  EXPECT_TRUE(glob_matches("photos", "photos"));
  EXPECT_FALSE(glob_matches("photos", "photos2"));
  EXPECT_FALSE(glob_matches("photos", "photo"));
  EXPECT_TRUE(glob_matches("", ""));
  EXPECT_FALSE(glob_matches("", "a"));
}

TEST(Glob, StarStandsForAnyBytesSlashesIncluded) {
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("a/*", "a/"));
  EXPECT_TRUE(glob_matches("a/*", "a/b/c"));
  EXPECT_FALSE(glob_matches("a/*", "b/a/"));
  EXPECT_TRUE(glob_matches("*.png", "a.png.png"));
  EXPECT_TRUE(glob_matches("a*b*c", "aXbXbXc"));
  EXPECT_FALSE(glob_matches("a*b*c", "aXbXbX"));
}

TEST(Glob, QuestionMarkStandsForOneByte) {
  EXPECT_TRUE(glob_matches("part-?", "part-7"));
  EXPECT_FALSE(glob_matches("part-?", "part-"));
  EXPECT_FALSE(glob_matches("part-?", "part-17"));
}

TEST(Glob, ManyStarsOnALongTextEndSoon) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(glob_matches(pattern + "b", std::string(1024, 'a')));
  EXPECT_TRUE(glob_matches(pattern, std::string(1024, 'a')));
}

}  // namespace
}  // namespace pail::fault
