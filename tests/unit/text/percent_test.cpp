#include "text/percent.h"

#include <gtest/gtest.h>

namespace pail::text {
namespace {

TEST(Percent, DecodesEscapesOfEitherCase) {
  EXPECT_EQ(percent_decode("a%2Fb%2fc%00"), std::string("a/b/c\0", 6));
}

TEST(Percent, PlusStaysPlusExceptInForms) {
  EXPECT_EQ(percent_decode("a+b%2B"), "a+b+");
  EXPECT_EQ(form_decode("a+b%2B"), "a b+");
}

TEST(Percent, RefusesPercentWithoutTwoHexDigits) {
  for (const char* text : {"%", "a%", "%1", "a%4", "%g0", "%0g", "%%41", "% 1", "%+1"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
    EXPECT_EQ(form_decode(text), std::nullopt) << text;
  }
}

TEST(Percent, EncodesAllButUnreserved) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("a b/c+d*e"), "a%20b%2Fc%2Bd%2Ae");
  EXPECT_EQ(percent_encode("\xC3\xA9"), "%C3%A9");
  EXPECT_EQ(percent_encode_path("a b/c"), "a%20b/c");
}

TEST(Percent, EveryByteSurvivesEncodingAndDecoding) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_decode(percent_encode_path(all)), all);
  EXPECT_EQ(form_decode(listing_encode(all)), all);
}

TEST(Percent, ListingIsEncodedAsJavaDoesButKeepsSlash) {
  EXPECT_EQ(listing_encode("a b.txt"), "a+b.txt");
  EXPECT_EQ(listing_encode("a+b.txt"), "a%2Bb.txt");
  EXPECT_EQ(listing_encode("dir/a-b_c*d~e%\xE2\x82\xAC"), "dir/a-b_c*d%7Ee%25%E2%82%AC");
}

TEST(Percent, AppendingKeepsWhatWasThere) {
  std::string out = "x=";
  append_percent_encoded(out, "a/b", false);
  append_percent_encoded(out, "a/b", true);
  append_listing_encoded(out, " ");
  EXPECT_EQ(out, "x=a%2Fba/b+");
}

}  // namespace
}  // namespace pail::text
