#include "text/ascii.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::text {
namespace {

using testing::ElementsAre;

TEST(Ascii, ComparesWithoutCaseOfLettersOnly) {
  EXPECT_TRUE(equals_ignore_case("Content-Type", "cONTENT-tYPE"));
  EXPECT_FALSE(equals_ignore_case("a", "ab"));
  EXPECT_FALSE(equals_ignore_case("[", "{"));
  EXPECT_FALSE(equals_ignore_case("@", "`"));
  EXPECT_FALSE(equals_ignore_case("\xC9", "\xE9"));
  EXPECT_TRUE(equals_ignore_case("", ""));
}

TEST(Ascii, LowersLettersOnly) { EXPECT_EQ(to_lower("A-Z[@\xC9z0"), "a-z[@\xC9z0"); }

TEST(Ascii, TrimsSpacesAndTabsAtBothEnds) {
  EXPECT_EQ(trim(" \t a b\t "), "a b");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim("\na\n"), "\na\n");
}

TEST(Ascii, FindsPrefixWithoutCase) {
  EXPECT_TRUE(starts_with_ignore_case("X-Amz-Meta-a", "x-amz-meta-"));
  EXPECT_TRUE(starts_with_ignore_case("a", ""));
  EXPECT_FALSE(starts_with_ignore_case("x-amz", "x-amz-meta-"));
  EXPECT_FALSE(starts_with_ignore_case("y-amz-meta-", "x-amz-meta-"));
}

TEST(Ascii, SplitKeepsEmptyPieces) {
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
  EXPECT_THAT(split("abc", ','), ElementsAre("abc"));
}

TEST(Ascii, ConstantTimeComparisonSeesEveryByte) {
  EXPECT_TRUE(constant_time_equals("", ""));
  EXPECT_TRUE(constant_time_equals("abc", "abc"));
  EXPECT_FALSE(constant_time_equals("abc", "abcd"));
  EXPECT_FALSE(constant_time_equals("abc", "xbc"));
  EXPECT_FALSE(constant_time_equals("abc", "axc"));
  EXPECT_FALSE(constant_time_equals("abc", "abx"));
  EXPECT_FALSE(constant_time_equals("abc", "xbx"));
}

}  // namespace
}  // namespace pail::text
