#include "text/hex.h"

#include <gtest/gtest.h>

namespace pail::text {
namespace {

TEST(Hex, EncodesInLowerCase) {
  const std::vector<std::byte> bytes = {std::byte{0x00}, std::byte{0x9f}, std::byte{0xAB}};
  EXPECT_EQ(hex_encode(bytes), "009fab");
  EXPECT_EQ(hex_encode({}), "");
}

TEST(Hex, DecodesEitherCase) {
  const std::vector<std::byte> bytes = {std::byte{0x00}, std::byte{0x9f}, std::byte{0xAB}};
  EXPECT_EQ(hex_decode("009fab"), bytes);
  EXPECT_EQ(hex_decode("009FAb"), bytes);
  EXPECT_EQ(hex_decode(""), std::vector<std::byte>());
}

TEST(Hex, RefusesOddLengthAndOtherCharacters) {
  for (const char* text : {"0", "abc", "0g", "g0", "0x", " 0", "-1", "/:", "@G", "`g"}) {
    EXPECT_EQ(hex_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pail::text
