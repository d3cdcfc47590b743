#include "access/text_pattern.h"

#include <gtest/gtest.h>

#include "support/known_facts.h"

namespace pail::access {
namespace {

using test::KnownFacts;

constexpr TextPattern::Options kWild{.has_wildcards = true, .has_variables = true};
constexpr TextPattern::Options kPlain{.has_variables = true};

const KnownFacts& facts() {
  static const KnownFacts kFacts(KnownFacts::Map{{"aws:username", {"alice"}},
                                                 {"aws:principaltag/Team", {"blue"}},
                                                 {"s3:prefix", {"*"}},
                                                 {"aws:tagkeys", {"a", "b"}},
                                                 {"aws:useragent", {"\xff"}}});
  return kFacts;
}

bool matches(std::string_view pattern, std::string_view text,
             TextPattern::Options options = kWild) {
  return TextPattern(pattern, options).matches(text, &facts());
}

TEST(TextPattern, WildcardsStandForAnyBytesOrForOne) {
  EXPECT_TRUE(matches("a*c", "abbc"));
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_FALSE(matches("a?c", "ac"));
  EXPECT_FALSE(matches("a*c", "abc", kPlain));
  EXPECT_TRUE(matches("a*c", "a*c", kPlain));
}

TEST(TextPattern, VariablesAreReplacedAndNamesHaveNoCase) {
  EXPECT_TRUE(matches("home/${aws:username}/*", "home/alice/x"));
  EXPECT_TRUE(matches("home/${AWS:UserName}/*", "home/alice/x"));
  EXPECT_FALSE(matches("home/${aws:username}/*", "home/bob/x"));
  EXPECT_TRUE(matches("${aws:PrincipalTag/Team}", "blue"));
}

TEST(TextPattern, ValuesOfVariablesAreNoPatterns) {
  EXPECT_TRUE(matches("p/${s3:prefix}", "p/*"));
  EXPECT_FALSE(matches("p/${s3:prefix}", "p/anything"));
  EXPECT_FALSE(matches("p/${aws:UserAgent}", "p/anything"))
      << "the byte that stands for '*' within";
}

TEST(TextPattern, AVariableWithoutOneValueMatchesNothingButHasADefault) {
  EXPECT_FALSE(matches("*${aws:userid}*", "anything"));
  EXPECT_FALSE(matches("${aws:TagKeys}", "a")) << "two values";
  EXPECT_TRUE(matches("${aws:PrincipalTag/Other, 'green'}", "green"));
  EXPECT_TRUE(matches("${aws:PrincipalTag/Team, 'green'}", "blue"));
  EXPECT_FALSE(TextPattern("${aws:username}", kWild).matches("alice", nullptr));
}

TEST(TextPattern, SpecialCharactersCanBeWritten) {
  EXPECT_TRUE(matches("a${*}b*", "a*bc"));
  EXPECT_FALSE(matches("a${*}b", "axb"));
  EXPECT_TRUE(matches("${?}${$}", "?$"));
}

TEST(TextPattern, WithoutVariablesTheyAreText) {
  const TextPattern pattern("${aws:username}", {.has_wildcards = true});
  EXPECT_TRUE(pattern.matches("${aws:username}", &facts()));
  EXPECT_TRUE(pattern.is_fixed());
}

TEST(TextPattern, WhatIsNoVariableIsText) {
  EXPECT_TRUE(matches("${}", "${}"));
  EXPECT_TRUE(matches("${open", "${open"));
  EXPECT_TRUE(matches("${key, unquoted}", "${key, unquoted}"));
  EXPECT_TRUE(matches("$", "$"));
}

TEST(TextPattern, FoldedPatternsAreInLowerCase) {
  const TextPattern::Options folded{.has_variables = true, .folds_case = true};
  EXPECT_TRUE(matches("ABC", "abc", folded));
  EXPECT_TRUE(matches("${none, 'ABC'}D", "abcd", folded));
}

TEST(TextPattern, ExpansionIsBounded) {
  const KnownFacts long_fact(KnownFacts::Map{{"aws:useragent", {std::string(60'000, 'x')}}});
  const std::string twice = "${aws:UserAgent}${aws:UserAgent}*";
  EXPECT_FALSE(TextPattern(twice, kWild).matches(std::string(130'000, 'x'), &long_fact));
  EXPECT_TRUE(TextPattern("${aws:UserAgent}", kWild).matches(std::string(60'000, 'x'), &long_fact));
}

TEST(TextPattern, KnowsWhetherItIsFixed) {
  EXPECT_TRUE(TextPattern("abc", kWild).is_fixed());
  EXPECT_FALSE(TextPattern("ab*", kWild).is_fixed());
  EXPECT_FALSE(TextPattern("${aws:username}", kWild).is_fixed());
  EXPECT_TRUE(TextPattern("ab*", kPlain).is_fixed());
}

}  // namespace
}  // namespace pail::access
