#include "cli/toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pail::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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
  EXPECT_THAT(first_values("a = \"x#y\" # comment"), ElementsAre("x#y"));
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

TEST(Toml, EveryMistakeIsNamedWithItsLine) {
  EXPECT_EQ(failure("\n[table]"), "line 2: there are no [tables] here; write name = value");
  EXPECT_EQ(failure("a"), "line 1: expected name = value");
  EXPECT_EQ(failure("= 1"), "line 1: expected name = value");
  EXPECT_EQ(failure("a = x"), "line 1: expected a \"string\", a number, true or false");
  EXPECT_EQ(failure("a = "), "line 1: expected a \"string\", a number, true or false");
  EXPECT_EQ(failure("a = \"x\nb = 1"), "line 1: \" is not closed");
  EXPECT_EQ(failure("a = 'x"), "line 1: ' is not closed");
  EXPECT_EQ(failure("a = \"\\q\""), "line 1: of the escapes only \\\" \\\\ \\n and \\t are known");
  EXPECT_EQ(failure("a = 1 2"), "line 1: nothing may follow the value of a");
  EXPECT_EQ(failure("a = [1 2]"), "line 1: expected , or ] in the array");
  EXPECT_EQ(failure("a = [1,\n"), "line 2: expected a \"string\", a number, true or false");
}

TEST(Toml, ZeroBytesDoNotEndTheReading) {
  using namespace std::string_view_literals;
  EXPECT_EQ(failure("a = 1\0"sv), "line 1: nothing may follow the value of a");
  EXPECT_EQ(failure("a = \"\0"sv), "line 1: \" is not closed");
}

}  // namespace
}  // namespace pail::cli
