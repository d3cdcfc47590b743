#include "protocol/tagging.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

using Tags = std::vector<model::NamedValue>;

/// "ok", or "Code: message".
template <typename Checked>
std::string outcome(Checked checked) {
  if (checked) return "ok";
  return std::string(error_name(checked.error().code)) + ": " + checked.error().message;
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ObjectTags, LettersDigitsSpacesAndSomeSignsAreFine) {
  EXPECT_EQ(
      outcome(check_tags({{"Key 1", "a+b-c=d.e_f:g/h@i"}, {"\u00e9", ""}}, TaggedThing::kObject)),
      "ok");
  EXPECT_EQ(outcome(check_tags({}, TaggedThing::kObject)), "ok");
}

TEST(ObjectTags, OtherSignsAreRefused) {
  EXPECT_EQ(outcome(check_tags({{"Key1,Key2", "v"}}, TaggedThing::kObject)),
            "InvalidTag: The TagKey you have provided is invalid");
  EXPECT_EQ(outcome(check_tags({{"k", "Val1,Val2"}}, TaggedThing::kObject)),
            "InvalidTag: The TagValue you have provided is invalid");
  EXPECT_EQ(outcome(check_tags({{"k", "\xFF"}}, TaggedThing::kObject)),
            "InvalidTag: The TagValue you have provided is invalid");
}

TEST(ObjectTags, DuplicatesAreRefused) {
  EXPECT_EQ(outcome(check_tags({{"Key1", "a"}, {"Key1", "b"}}, TaggedThing::kObject)),
            "InvalidTag: Cannot provide multiple Tags with the same key");
}

TEST(ObjectTags, PrefixAwsIsReserved) {
  EXPECT_EQ(outcome(check_tags({{"aws:prefixed", "a"}}, TaggedThing::kObject)),
            "InvalidTag: Your TagKey cannot be prefixed with aws:");
}

TEST(ObjectTags, LengthsCountCharacters) {
  const std::string e_acute = "\u00e9";
  EXPECT_EQ(
      outcome(check_tags({{repeated(e_acute, 128), repeated(e_acute, 256)}}, TaggedThing::kObject)),
      "ok");
  EXPECT_EQ(outcome(check_tags({{repeated("k", 129), ""}}, TaggedThing::kObject)),
            "InvalidTag: The TagKey you have provided is invalid");
  EXPECT_EQ(outcome(check_tags({{"k", repeated("v", 257)}}, TaggedThing::kObject)),
            "InvalidTag: The TagValue you have provided is invalid");
  EXPECT_EQ(outcome(check_tags({{"", "v"}}, TaggedThing::kObject)),
            "InvalidTag: The TagKey you have provided is invalid");
}

TEST(ObjectTags, TenAreFineElevenAreNot) {
  Tags tags;
  for (int i = 0; i < 10; ++i) tags.push_back({"k" + std::to_string(i), "v"});
  EXPECT_EQ(outcome(check_tags(tags, TaggedThing::kObject)), "ok");
  tags.push_back({"k10", "v"});
  EXPECT_EQ(outcome(check_tags(tags, TaggedThing::kObject)),
            "BadRequest: Object tags cannot be greater than 10");
}

TEST(BucketTags, FiftyAreFineFiftyOneAreNot) {
  Tags tags;
  for (int i = 0; i < 50; ++i) tags.push_back({"k" + std::to_string(i), "v"});
  EXPECT_EQ(outcome(check_tags(tags, TaggedThing::kBucket)), "ok");
  tags.push_back({"k50", "v"});
  EXPECT_EQ(outcome(check_tags(tags, TaggedThing::kBucket)),
            "BadRequest: Bucket tag count cannot be greater than 50");
}

TEST(BucketTags, PrefixAwsIsRefusedInWordsOfItsOwn) {
  EXPECT_EQ(outcome(check_tags({{"aws:prefixed", "a"}}, TaggedThing::kBucket)),
            "InvalidTag: System tags cannot be added/updated by requester");
  EXPECT_EQ(outcome(check_tags({{"aws:prefixed", "a"}}, TaggedThing::kNewBucket)),
            "InvalidTag: User-defined tag keys can't start with \"aws:\". This prefix is reserved "
            "for system tags. Remove \"aws:\" from your tag keys and try again.");
}

TEST(TaggingHeader, IsAFormEncodedQuery) {
  const auto tags = parse_tagging_header("a=1&b+c=d%2Be&f=&g");
  ASSERT_TRUE(tags.has_value());
  const Tags expected = {{"a", "1"}, {"b c", "d+e"}, {"f", ""}, {"g", ""}};
  EXPECT_EQ(*tags, expected);
}

TEST(TaggingHeader, EmptyMeansNoTags) {
  const auto tags = parse_tagging_header("");
  ASSERT_TRUE(tags.has_value());
  EXPECT_TRUE(tags->empty());
}

TEST(TaggingHeader, DuplicatesAndForeignSignsAreRefusedWithAwsWords) {
  for (const char* field : {"key1=val1&key1=val2", "key1=val1,key2=val2", "a=%zz", "=v"}) {
    auto tags = parse_tagging_header(field);
    ASSERT_FALSE(tags.has_value()) << field;
    EXPECT_EQ(tags.error().message,
              "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query "
              "parameters without tag name duplicates.")
        << field;
    const std::vector<S3Error::Field> expected = {{"ArgumentName", "x-amz-tagging"},
                                                  {"ArgumentValue", field}};
    EXPECT_EQ(tags.error().fields, expected) << field;
  }
}

TEST(TaggingHeader, ElevenTagsAreTooMany) {
  std::string field;
  for (int i = 0; i < 11; ++i) field += "&k" + std::to_string(i) + "=v";
  EXPECT_EQ(outcome(parse_tagging_header(field)),
            "BadRequest: Object tags cannot be greater than 10");
}

}  // namespace
}  // namespace pail::protocol
