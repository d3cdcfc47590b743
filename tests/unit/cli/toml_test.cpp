#include "cli/toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> first_values(std::string_view text) {
  auto entries = read_toml(text);
  if (!entries) return {"failed: " + entries.error()};
  return entries->empty() ? std::vector<std::string>{} : entries->front().values;
}

std::string failure(std::string_view text) {
  const auto entries = read_toml(text);
  return entries ? "read" : entries.error();
}

TEST(Toml, StringsNumbersAndBooleansAreTexts) {
  EXPECT_THAT(first_values(R"(a = "x")"), ElementsAre("x"));
  EXPECT_THAT(first_values("a = 'x\\y'"), ElementsAre("x\\y"));
  EXPECT_THAT(first_values("a=42"), ElementsAre("42"));
  EXPECT_THAT(first_values("a = true"), ElementsAre("true"));
}

TEST(Toml, EscapesOfBasicStrings) {
  EXPECT_THAT(first_values(R"(a = "\"\\\n\t")"), ElementsAre("\"\\\n\t"));
}

TEST(Toml, HashInAStringIsNoComment) {
  EXPECT_THAT(first_values("a = \"x#y, z\" # comment"), ElementsAre("x#y, z"));
}

TEST(Toml, ArraysMayStandOnSeveralLines) {
  EXPECT_THAT(first_values("a = [\n  \"x\", # first\n\n  'y',\n]\nb = 1"), ElementsAre("x", "y"));
  EXPECT_THAT(first_values("a = []"), IsEmpty());
}

TEST(Toml, EntriesKeepTheirOrderAndNames) {
  const auto entries = read_toml("# top\r\ntls-cert = 'c'\r\n\r\ntls-key = 'k'\r\n");
  ASSERT_TRUE(entries.has_value());
  ASSERT_THAT(*entries, SizeIs(2));
  EXPECT_EQ(entries->at(0).name, "tls-cert");
  EXPECT_EQ(entries->at(1).name, "tls-key");
}

TEST(Toml, NothingIsNoEntry) { EXPECT_THAT(first_values(" \n# only a comment"), IsEmpty()); }

TEST(Toml, ByteOrderMarkIsNoPartOfAName) {
  EXPECT_THAT(first_values("\xEF\xBB\xBF"
                           "a = 1"),
              ElementsAre("1"));
}

TEST(Toml, MistakesAreNamedWithTheirLine) {
  constexpr const char* kNoTables = "line 2: there are no [tables] here; write name = value";
  EXPECT_EQ(failure("\n[table]"), kNoTables);
  EXPECT_EQ(failure("\na.b = 1"), kNoTables);
  EXPECT_EQ(failure("\n[[a]]\nb = 1"), kNoTables);
  constexpr const char* kNoValue = "line 1: expected a \"string\", a whole number, true or false";
  EXPECT_EQ(failure("a = 1.5"), kNoValue);
  EXPECT_EQ(failure("a = [[1]]"), kNoValue);
  EXPECT_EQ(failure("a = 1979-05-27"), kNoValue);
}

TEST(Toml, SyntaxErrorsSayWhereTheyAre) {
  for (const char* text : {"a", "= 1", "a = x", "a = ", "a = \"x\nb = 1", "a = 'x", "a = \"\\q\"",
                           "a = 1 2", "a = [1 2]", "a = [1,\n", "a = \"\xFF\""}) {
    EXPECT_THAT(failure(text), StartsWith("line 1: ")) << text;
  }
  EXPECT_THAT(failure("a = 1\na = 2"), StartsWith("line 2: "));
}

TEST(Toml, ComplaintsDoNotRepeatValues) {
  for (const char* text :
       {"credential = ID:SECRET", "credential = 7SECRET", "credential = trueSECRET",
        "credential = \"ID:SECRET", "credential = \"ID:SECRET\\Q\"", "credential = 'ID:SECRET' x",
        "credential = [\"ID:SECRET\" 1]", "credential = \"ID:SECRET\"\ncredential = 1"}) {
    EXPECT_THAT(failure(text), AllOf(StartsWith("line "), Not(HasSubstr("SECRET")))) << text;
  }
  EXPECT_EQ(failure("credential = 99999999999999999999"), "line 1: the number is too large");
}

TEST(Toml, ZeroBytesDoNotEndTheReading) {
  using namespace std::string_view_literals;
  EXPECT_THAT(failure("a = 1\0"sv), StartsWith("line 1: "));
  EXPECT_THAT(failure("a = \"\0"sv), StartsWith("line 1: "));
}

}  // namespace
}  // namespace pail::cli
