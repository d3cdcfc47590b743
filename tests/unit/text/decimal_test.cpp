#include "text/decimal.h"

#include <limits>

#include <gtest/gtest.h>

namespace pail::text {
namespace {

TEST(Decimal, ReadsUpToTheLargestNumber) {
  EXPECT_EQ(parse_decimal("0"), 0U);
  EXPECT_EQ(parse_decimal("007"), 7U);
  EXPECT_EQ(parse_decimal("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
}

TEST(Decimal, RefusesOverflowSignsSpacesAndNothing) {
  for (const char* text : {"", "18446744073709551616", "99999999999999999999",
                           "184467440737095516150", "+1", "-1", " 1", "1 ", "1a", "0x1", "1.0"}) {
    EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
  }
}

TEST(Decimal, ReadsSignedNumbersToBothEnds) {
  EXPECT_EQ(parse_signed_decimal("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_signed_decimal("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_signed_decimal("-1"), -1);
  EXPECT_EQ(parse_signed_decimal("+1"), 1);
  EXPECT_EQ(parse_signed_decimal("-0"), 0);
}

TEST(Decimal, RefusesSignedNumbersBeyondBothEnds) {
  for (const char* text :
       {"9223372036854775808", "-9223372036854775809", "", "-", "+", "--1", "+-1", "- 1"}) {
    EXPECT_EQ(parse_signed_decimal(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pail::text
