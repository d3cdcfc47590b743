#include "fault/json_values.h"

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

TEST(JsonValues, AlternativesReadLikeASentence) {
  EXPECT_EQ(alternatives({"a"}), "'a'");
  EXPECT_EQ(alternatives({"a", "b"}), "'a' or 'b'");
  EXPECT_EQ(alternatives({"a", "b", "c"}), "'a', 'b' or 'c'");
}

TEST(JsonValues, NearestWordIsASlipOfTheFingerAway) {
  EXPECT_EQ(nearest_word("GetObjcet", {"PutObject", "GetObject"}), "GetObject");
  EXPECT_EQ(nearest_word("Whatever", {"PutObject", "GetObject"}), "");
  EXPECT_EQ(nearest_word(std::string(100'000, 'a'), {"a"}), "");
  EXPECT_EQ(nearest_word("", {"operation"}), "");
}

TEST(JsonValues, WholeNumbersAreNeitherFractionsNorTexts) {
  EXPECT_EQ(*read_whole(Json(5), "f", 0, 9), 5U);
  EXPECT_FALSE(read_whole(Json(5.0), "f", 0, 9).has_value());
  EXPECT_FALSE(read_whole(Json(-1), "f", 0, 9).has_value());
  EXPECT_FALSE(read_whole(Json(10), "f", 0, 9).has_value());
  EXPECT_EQ(read_whole(Json("5"), "f", 0, 9).error(), "'f' must be a whole number from 0 to 9");
}

TEST(JsonValues, SignedNumbersKeepTheirBounds) {
  EXPECT_EQ(*read_signed(Json(-9), "f", 9), -9);
  EXPECT_EQ(*read_signed(Json(9), "f", 9), 9);
  EXPECT_FALSE(read_signed(Json(-10), "f", 9).has_value());
  EXPECT_FALSE(read_signed(Json(UINT64_MAX), "f", 9).has_value());
}

TEST(JsonValues, TextsAreOneOrAList) {
  EXPECT_EQ(*read_texts(Json("a"), "f"), std::vector<std::string>{"a"});
  EXPECT_EQ(*read_texts(Json({"a", "b"}), "f"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read_texts(Json::array(), "f").error(),
            "'f' must be a text or a list of 1 to 100 texts");
  EXPECT_FALSE(read_texts(Json(std::vector<std::string>(101, "a")), "f").has_value());
  EXPECT_EQ(read_texts(Json({"a", 1}), "f").error(), "'f' must be a text of 1 to 1024 bytes");
}

TEST(JsonValues, ObjectsHaveAllRequiredFieldsAndNoUnknownOnes) {
  EXPECT_TRUE(check_fields(Json{{"a", 1}}, "f", {"a"}, {"b"}).has_value());
  EXPECT_TRUE(check_fields(Json({{"a", 1}, {"b", 1}}), "f", {"a"}, {"b"}).has_value());
  EXPECT_EQ(check_fields(Json{{"b", 1}}, "f", {"a"}, {"b"}).error(),
            "'f' lacks 'a': it must be an object with 'a' or 'b'");
  EXPECT_EQ(check_fields(Json({{"a", 1}, {"c", 1}}), "f", {"a"}, {"b"}).error(),
            "unknown field 'c' in 'f': it must be an object with 'a' or 'b'");
  EXPECT_EQ(check_fields(Json(1), "f", {"a"}).error(), "'f' must be an object with 'a'");
}

}  // namespace
}  // namespace pail::fault
