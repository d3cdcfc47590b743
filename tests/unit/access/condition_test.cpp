#include "access/condition.h"

#include <gtest/gtest.h>

#include "support/known_facts.h"

namespace pail::access {
namespace {

using test::KnownFacts;
using Values = std::vector<std::string>;

/// Whether a request whose only fact is `actual` (nothing: it has none) fulfils the condition.
bool check(std::string_view operation, const Values& wanted, const std::optional<Values>& actual) {
  const auto op = ConditionOperator::parse(operation);
  EXPECT_TRUE(op) << operation;
  if (!op) return false;
  Condition condition{*op, ConditionKey::parse("aws:Key"), {}};
  for (const std::string& value : wanted) {
    condition.values.push_back(parse_condition_value(*op, value, true));
  }
  KnownFacts::Map map{{"aws:username", {"alice"}}};
  if (actual) map["aws:key"] = *actual;
  return holds(condition, KnownFacts(std::move(map)));
}

bool check(std::string_view operation, const std::string& wanted, const std::string& actual) {
  return check(operation, Values{wanted}, Values{actual});
}

struct Case {
  const char* operation;
  const char* wanted;
  const char* actual;
  bool expected;
};

class ConditionTable : public testing::TestWithParam<Case> {};

TEST_P(ConditionTable, IsDecidedAsDocumented) {
  const Case& c = GetParam();
  EXPECT_EQ(check(c.operation, std::string(c.wanted), std::string(c.actual)), c.expected)
      << c.operation << " " << c.wanted << " " << c.actual;
}

INSTANTIATE_TEST_SUITE_P(Strings, ConditionTable,
                         testing::Values(Case{"StringEquals", "a", "a", true},
                                         Case{"StringEquals", "a", "A", false},
                                         Case{"StringEquals", "a*", "ab", false},
                                         Case{"StringEquals", "${aws:username}", "alice", true},
                                         Case{"StringNotEquals", "a", "b", true},
                                         Case{"StringNotEquals", "a", "a", false},
                                         Case{"StringEqualsIgnoreCase", "aB", "Ab", true},
                                         Case{"StringNotEqualsIgnoreCase", "aB", "Ab", false},
                                         Case{"StringLike", "a*", "abc", true},
                                         Case{"StringLike", "a?", "abc", false},
                                         Case{"StringNotLike", "a*", "abc", false},
                                         Case{"StringNotLike", "${aws:userid}", "x", true},
                                         Case{"StringLike", "${aws:userid}*", "x", false}));

INSTANTIATE_TEST_SUITE_P(Numbers, ConditionTable,
                         testing::Values(Case{"NumericEquals", "10", "10.0", true},
                                         Case{"NumericNotEquals", "10", "10", false},
                                         Case{"NumericLessThan", "10", "9", true},
                                         Case{"NumericLessThan", "10", "10", false},
                                         Case{"NumericLessThanEquals", "10", "10", true},
                                         Case{"NumericGreaterThan", "1.1", "1.2", true},
                                         Case{"NumericGreaterThanEquals", "1.2", "1.2", true},
                                         Case{"NumericLessThan", "10", "many", false},
                                         Case{"NumericLessThan", "many", "1", false},
                                         Case{"NumericLessThan", "10", "nan", false},
                                         Case{"NumericEquals", "-1", "-1", true}));

INSTANTIATE_TEST_SUITE_P(
    Dates, ConditionTable,
    testing::Values(Case{"DateGreaterThan", "2020-04-01T00:00:00Z", "2020-04-01T00:00:01Z", true},
                    Case{"DateLessThan", "2020-04-01T00:00:00Z", "2020-04-01T00:00:00Z", false},
                    Case{"DateLessThanEquals", "2020-04-01T00:00Z", "2020-04-01T00:00:00Z", true},
                    Case{"DateEquals", "2020-04-01", "1585699200", true},
                    Case{"DateEquals", "2020-04", "2020-04-01", true},
                    Case{"DateEquals", "2020", "2020-01-01T01:00+01:00", true},
                    Case{"DateNotEquals", "2020", "2021", true},
                    Case{"DateGreaterThanEquals", "1585699200", "2020-04-01T00:00:00.000Z", true},
                    Case{"DateLessThan", "soon", "2020", false},
                    Case{"DateLessThan", "99999999999999999", "2020", false}));

INSTANTIATE_TEST_SUITE_P(
    Others, ConditionTable,
    testing::Values(Case{"Bool", "true", "true", true}, Case{"Bool", "True", "true", true},
                    Case{"Bool", "false", "true", false}, Case{"Bool", "maybe", "true", false},
                    Case{"BinaryEquals", "QmluYXJ5", "QmluYXJ5", true},
                    Case{"BinaryEquals", "QmluYXJ5", "QmluYXJ4", false},
                    Case{"BinaryEquals", "?", "?", false},
                    Case{"IpAddress", "203.0.113.0/24", "203.0.113.9", true},
                    Case{"IpAddress", "2001:db8::/32", "2001:db8::1", true},
                    Case{"IpAddress", "203.0.113.0/24", "nowhere", false},
                    Case{"NotIpAddress", "203.0.113.0/24", "203.0.114.9", true}));

INSTANTIATE_TEST_SUITE_P(
    Arns, ConditionTable,
    testing::Values(Case{"ArnEquals", "arn:aws:iam::1:user/a", "arn:aws:iam::1:user/a", true},
                    Case{"ArnLike", "arn:aws:iam::1:user/*", "arn:aws:iam::1:user/a/b:c", true},
                    Case{"ArnEquals", "arn:aws:iam::1:user/*", "arn:aws:iam::1:user/a", true},
                    Case{"ArnLike", "arn:aws:*:1:user/a", "arn:aws:iam::1:user/a", false},
                    Case{"ArnLike", "arn:aws:iam::?:user/${aws:username}",
                         "arn:aws:iam::1:user/alice", true},
                    Case{"ArnLike", "*", "arn:aws:iam::1:user/a", true},
                    Case{"ArnLike", "arn:*", "x", false},
                    Case{"ArnNotEquals", "arn:aws:iam::1:user/a", "arn:aws:iam::1:user/b", true},
                    Case{"ArnNotLike", "arn:aws:iam::1:*", "arn:aws:iam::1:user/b", false}));

TEST(Condition, AnyValueOfThePolicyWillDoButNoneOfANegatedOne) {
  EXPECT_TRUE(check("StringEquals", {"a", "b"}, Values{"b"}));
  EXPECT_FALSE(check("StringEquals", {"a", "b"}, Values{"c"}));
  EXPECT_FALSE(check("StringNotEquals", {"a", "b"}, Values{"b"}));
  EXPECT_TRUE(check("StringNotEquals", {"a", "b"}, Values{"c"}));
}

TEST(Condition, AFactThatIsMissingFulfilsNegationsAndIfExists) {
  const std::optional<Values> none;
  EXPECT_FALSE(check("StringEquals", {"a"}, none));
  EXPECT_TRUE(check("StringNotEquals", {"a"}, none));
  EXPECT_TRUE(check("StringEqualsIfExists", {"a"}, none));
  EXPECT_FALSE(check("StringEqualsIfExists", {"a"}, Values{"b"}));
  EXPECT_FALSE(check("Bool", {"false"}, none));
  EXPECT_TRUE(check("BoolIfExists", {"false"}, none));
  EXPECT_TRUE(check("NotIpAddress", {"10.0.0.0/8"}, none));
  EXPECT_FALSE(check("NumericLessThan", {"5"}, none));
}

TEST(Condition, NullAsksWhetherThereIsTheFact) {
  EXPECT_TRUE(check("Null", {"true"}, std::nullopt));
  EXPECT_FALSE(check("Null", {"true"}, Values{"x"}));
  EXPECT_TRUE(check("Null", {"false"}, Values{"x"}));
  EXPECT_FALSE(check("Null", {"false"}, std::nullopt));
  EXPECT_TRUE(check("Null", {"true"}, Values{})) << "a list of nothing";
}

TEST(Condition, ForAllValuesWantsEachValueOfTheRequest) {
  EXPECT_TRUE(check("ForAllValues:StringEquals", {"a", "b"}, Values{"a", "b"}));
  EXPECT_FALSE(check("ForAllValues:StringEquals", {"a", "b"}, Values{"a", "c"}));
  EXPECT_TRUE(check("ForAllValues:StringEquals", {"a"}, std::nullopt));
  EXPECT_TRUE(check("ForAllValues:StringNotEquals", {"a"}, Values{"b", "c"}));
  EXPECT_FALSE(check("ForAllValues:StringNotEquals", {"a"}, Values{"a", "c"}));
}

TEST(Condition, ForAnyValueWantsOneValueOfTheRequest) {
  EXPECT_TRUE(check("ForAnyValue:StringLike", {"a*"}, Values{"x", "ab"}));
  EXPECT_FALSE(check("ForAnyValue:StringLike", {"a*"}, Values{"x", "y"}));
  EXPECT_FALSE(check("ForAnyValue:StringEquals", {"a"}, std::nullopt));
  EXPECT_FALSE(check("ForAnyValue:StringNotEquals", {"a"}, std::nullopt));
  EXPECT_TRUE(check("ForAnyValue:StringNotEquals", {"a"}, Values{"a", "b"}));
  EXPECT_TRUE(check("ForAnyValue:StringEqualsIfExists", {"a"}, std::nullopt));
}

TEST(Condition, OperatorsHaveACaseAndNoOtherNames) {
  for (const char* name : {"stringequals", "StringEqual", "ForAnyValue:", "NullIfExists",
                           "ForAnyValue:ForAllValues:Bool", "ForSomeValue:Bool", "", "IfExists"}) {
    EXPECT_FALSE(ConditionOperator::parse(name)) << name;
  }
  EXPECT_TRUE(ConditionOperator::parse("ForAllValues:ArnNotLikeIfExists"));
}

}  // namespace
}  // namespace pail::access
