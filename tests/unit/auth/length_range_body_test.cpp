#include "auth/length_range_body.h"

#include <string>

#include <gtest/gtest.h>

#include "text/bytes.h"

namespace pail::auth {
namespace {

/// What was read and how it ended: "abc", or "abc EntityTooLarge".
std::string read_all(const std::string& content, ContentLengthRange range) {
  http::StringBody inner(content);
  LengthRangeBody body(inner, range);
  std::string all;
  while (true) {
    const auto bytes = task::run_blocking(body.read());
    if (!bytes) return all + ' ' + std::string(error_name(bytes.error().code));
    if (bytes->empty()) return all;
    all += text::as_text(*bytes);
  }
}

TEST(LengthRangeBody, BothEndsAreIncluded) {
  EXPECT_EQ(read_all("abcde", {5, 10}), "abcde");
  EXPECT_EQ(read_all("abcdefghij", {5, 10}), "abcdefghij");
  EXPECT_EQ(read_all("", {0, 0}), "");
}

TEST(LengthRangeBody, TooLittleIsAnErrorAtTheEnd) {
  EXPECT_EQ(read_all("abcd", {5, 10}), "abcd EntityTooSmall");
  EXPECT_EQ(read_all("", {1, 10}), " EntityTooSmall");
}

TEST(LengthRangeBody, TooMuchIsNotHandedOn) {
  EXPECT_EQ(read_all("abcdefghijk", {5, 10}), " EntityTooLarge");
  EXPECT_EQ(read_all("a", {1, 0}), " EntityTooLarge");
}

TEST(LengthRangeBody, LengthIsThatOfTheBodyWithin) {
  http::StringBody inner("abc");
  const LengthRangeBody body(inner, {});
  EXPECT_EQ(body.length_bytes(), 3U);
  EXPECT_TRUE(body.trailers().empty());
}

}  // namespace
}  // namespace pail::auth
