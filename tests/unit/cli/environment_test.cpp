#include "cli/environment.h"

#include <gtest/gtest.h>

namespace pail::cli {
namespace {

std::string value(std::string_view text, std::string_view name) {
  const auto parsed = parse_env_file(text);
  if (!parsed) return "failed: " + parsed.error();
  return parsed->find(name).value_or("(unset)");
}

TEST(EnvFile, LinesAreNamesAndValues) {
  EXPECT_EQ(value("A=1\nB=two words\r\n", "A"), "1");
  EXPECT_EQ(value("A=1\nB=two words\r\n", "B"), "two words");
}

TEST(EnvFile, ExportAndSpacesAroundAreIgnored) {
  EXPECT_EQ(value("  export S3_BUCKET = photos  ", "S3_BUCKET"), "photos");
}

TEST(EnvFile, CommentsAndEmptyLinesSayNothing) {
  EXPECT_EQ(value("# A=1\n\n   \nB=2", "A"), "(unset)");
  EXPECT_EQ(value("# A=1\n\n   \nB=2", "B"), "2");
}

TEST(EnvFile, HashBeginsACommentOnlyAfterASpace) {
  EXPECT_EQ(value("A=http://h/#part", "A"), "http://h/#part");
  EXPECT_EQ(value("A=one # two", "A"), "one");
  EXPECT_EQ(value("A='one # two' # three", "A"), "one # two");
}

TEST(EnvFile, SingleQuotesKeepEverything) { EXPECT_EQ(value("A='$x\\n\"'", "A"), "$x\\n\""); }

TEST(EnvFile, DoubleQuotesKnowEscapes) {
  EXPECT_EQ(value(R"(A="a\nb\t\"\\\$x\q")", "A"), "a\nb\t\"\\$x\\q");
}

TEST(EnvFile, ValueMayHoldEqualsSigns) { EXPECT_EQ(value("A=b=c==", "A"), "b=c=="); }

TEST(EnvFile, LaterLineWins) { EXPECT_EQ(value("A=1\nA=2", "A"), "2"); }

TEST(EnvFile, ByteOrderMarkIsNoPartOfTheFirstName) {
  EXPECT_EQ(value("\xEF\xBB\xBF"
                  "A=1",
                  "A"),
            "1");
}

TEST(EnvFile, EmptyValueCountsAsNotSet) { EXPECT_EQ(value("A=\nB=''", "A"), "(unset)"); }

TEST(EnvFile, WhatIsNoAssignmentIsRefusedWithItsLine) {
  EXPECT_EQ(value("A=1\nhello", "A"), "failed: line 2 is not NAME=value");
  EXPECT_EQ(value("1A=1", "A"), "failed: line 1 is not NAME=value");
  EXPECT_EQ(value("A='open", "A"), "failed: line 1 is not NAME=value");
  EXPECT_EQ(value("A='x' y", "A"), "failed: line 1 is not NAME=value");
}

TEST(Environment, EmptyVariableCountsAsNotSet) {
  const Environment environment(Environment::Variables{{"A", ""}, {"B", "b"}});
  EXPECT_FALSE(environment.find("A").has_value());
  EXPECT_EQ(environment.find("B"), "b");
}

TEST(Environment, StrongerVariablesWinUnlessTheyAreEmpty) {
  const Environment process(Environment::Variables{{"A", "process"}, {"B", ""}});
  const Environment both = process.over(
      Environment(Environment::Variables{{"A", "file"}, {"B", "file"}, {"C", "file"}}));
  EXPECT_EQ(both.find("A"), "process");
  EXPECT_EQ(both.find("B"), "file");
  EXPECT_EQ(both.find("C"), "file");
}

TEST(Environment, QuotesAroundAValueAreNoPartOfIt) {
  std::string twice = "A=\"photos\"";
  std::string once = "B='dev'";
  std::string within = "C=a\"b\"";
  std::string unequal = "D=\"e'";
  std::string lone = "E='";
  std::string nothing = "F=\"\"";
  char* entries[] = {twice.data(), once.data(),    within.data(), unequal.data(),
                     lone.data(),  nothing.data(), nullptr};
  const Environment environment = Environment::of_process(entries);
  EXPECT_EQ(environment.find("A"), "photos");
  EXPECT_EQ(environment.find("B"), "dev");
  EXPECT_EQ(environment.find("C"), "a\"b\"");
  EXPECT_EQ(environment.find("D"), "\"e'");
  EXPECT_EQ(environment.find("E"), "'");
  EXPECT_EQ(environment.find("F"), std::nullopt);
}

TEST(Environment, IsReadFromTheEntriesOfAProcess) {
  std::string one = "A=1=2";
  std::string odd = "nothing";
  char* const entries[] = {one.data(), odd.data(), nullptr};
  const Environment environment = Environment::of_process(entries);
  EXPECT_EQ(environment.find("A"), "1=2");
  EXPECT_FALSE(environment.find("nothing").has_value());
}

}  // namespace
}  // namespace pail::cli
