#include "text/utf8.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::text {
namespace {

TEST(Utf8, AcceptsFirstAndLastCharacterOfEachLength) {
  EXPECT_TRUE(is_valid_utf8(std::string_view("\0\x7F", 2)));
  EXPECT_TRUE(is_valid_utf8("\xC2\x80\xDF\xBF"));
  EXPECT_TRUE(is_valid_utf8("\xE0\xA0\x80\xEF\xBF\xBF"));
  EXPECT_TRUE(is_valid_utf8("\xED\x9F\xBF\xEE\x80\x80"));
  EXPECT_TRUE(is_valid_utf8("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  EXPECT_TRUE(is_valid_utf8(""));
}

TEST(Utf8, RefusesOverlongForms) {
  EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xC1\xBF"));
  EXPECT_FALSE(is_valid_utf8("\xE0\x9F\xBF"));
  EXPECT_FALSE(is_valid_utf8("\xF0\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesSurrogatesAndAboveLastCodePoint) {
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xED\xBF\xBF"));
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("\xF5\x80\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("\xFF"));
}

TEST(Utf8, RefusesTruncatedSequencesAndStrayContinuations) {
  EXPECT_FALSE(is_valid_utf8("\x80"));
  EXPECT_FALSE(is_valid_utf8("a\xC2"));
  EXPECT_FALSE(is_valid_utf8("\xE2\x82"));
  EXPECT_FALSE(is_valid_utf8("\xF0\x9F\x98"));
  EXPECT_FALSE(is_valid_utf8("\xE2\x82z"));
  EXPECT_FALSE(is_valid_utf8("\xF0\x9F\x98z"));
}

TEST(Utf8, FindsBadByteAtEveryPositionOfLongText) {
  for (std::size_t position = 0; position < 40; ++position) {
    std::string text(40, 'a');
    EXPECT_TRUE(is_valid_utf8(text));
    text[position] = '\xFE';
    EXPECT_FALSE(is_valid_utf8(text)) << position;
  }
}

}  // namespace
}  // namespace pail::text
