#include "access/public_policy.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

bool is_public_with(const std::string& condition, const std::string& principal = R"("*")",
                    const std::string& effect = "Allow") {
  const std::string text = R"({"Version":"2012-10-17","Statement":[{"Effect":")" + effect +
                           R"(","Principal":)" + principal +
                           R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*")" +
                           (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}]}";
  const auto policy = parse_policy(text, "bucket");
  EXPECT_TRUE(policy) << text << policy.error().message;
  return policy && is_public(*policy);
}

TEST(PublicPolicy, IsOneThatAllowsEverybody) {
  EXPECT_TRUE(is_public_with(""));
  EXPECT_TRUE(is_public_with("", R"({"AWS":"*"})"));
  EXPECT_TRUE(is_public_with("", R"({"AWS":["111122223333","*"]})"));
  EXPECT_FALSE(is_public_with("", R"({"AWS":"111122223333"})"));
  EXPECT_FALSE(is_public_with("", R"({"Service":"cloudfront.amazonaws.com"})"));
  EXPECT_FALSE(is_public_with("", R"("*")", "Deny"));
}

TEST(PublicPolicy, FixedValuesOfTheListedKeysConfineIt) {
  for (
      const char* condition :
      {R"({"StringEquals":{"aws:SourceVpc":"vpc-91237329"}})",
       R"({"StringEquals":{"aws:PrincipalOrgID":"o-1"}})",
       R"({"StringLike":{"aws:SourceVpc":"vpc-1"}})",
       R"({"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:t"}})",
       R"({"StringEquals":{"aws:SourceAccount":["111122223333","444455556666"]}})",
       R"({"StringEquals":{"aws:userid":"AIDA"}})",
       R"({"StringEquals":{"s3:DataAccessPointAccount":"111122223333"}})",
       R"({"ArnLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:111122223333:accesspoint/*"}})",
       R"({"StringLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:111122223333:accesspoint/*"}})",
       R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/32"}})",
       R"({"IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]}})"}) {
    EXPECT_FALSE(is_public_with(condition)) << condition;
  }
}

TEST(PublicPolicy, OpenValuesAndOtherKeysDoNot) {
  for (const char* condition :
       {R"({"StringLike":{"aws:SourceVpc":"vpc-*"}})",
        R"({"StringEquals":{"aws:SourceVpc":"${aws:PrincipalTag/vpc}"}})",
        R"({"StringEquals":{"aws:SourceAccount":["111122223333","${aws:PrincipalTag/a}"]}})",
        R"({"StringNotEquals":{"aws:SourceVpc":"vpc-1"}})",
        R"({"StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"}})",
        R"({"ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-1"}})",
        R"({"StringLike":{"aws:Referer":"https://example.com/*"}})",
        R"({"Bool":{"aws:SecureTransport":"true"}})",
        R"({"StringLike":{"s3:DataAccessPointArn":"arn:aws:s3:us-west-2:*:accesspoint/*"}})",
        R"({"StringLike":{"aws:userid":"AROLEID:*"}})", R"({"StringEquals":{"aws:SourceVpc":[]}})",
        R"({"IpAddress":{"aws:SourceIp":"0.0.0.0/1"}})",
        R"({"IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/31"]}})",
        R"({"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}})"}) {
    EXPECT_TRUE(is_public_with(condition)) << condition;
  }
}

}  // namespace
}  // namespace pail::access
