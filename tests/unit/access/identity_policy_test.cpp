#include <gtest/gtest.h>

#include "access/policy.h"
#include "support/known_facts.h"

namespace pail::access {
namespace {

const auth::Identity kAlice{"AK1", "alice", "c1", "111122223333"};

Decision ask(const std::string& statement, std::string_view action, std::string_view resource) {
  const auto policy =
      parse_identity_policy(R"({"Version":"2012-10-17","Statement":)" + statement + "}");
  EXPECT_TRUE(policy) << policy.error().message;
  const test::KnownFacts facts(test::KnownFacts::Map{{"aws:username", {"alice"}}});
  return policy ? evaluate(*policy, {kAlice, action, resource, &facts}).decision : Decision::kDeny;
}

std::string message(const std::string& text) {
  const auto policy = parse_identity_policy(text);
  return policy ? "accepted" : policy.error().message;
}

TEST(IdentityPolicy, SpeaksOfAnyBucketWithoutAPrincipal) {
  const std::string home = R"([{"Effect":"Allow","Action":"s3:*",)"
                           R"("Resource":"arn:aws:s3:::*/home/${aws:username}/*"}])";
  EXPECT_EQ(ask(home, "s3:GetObject", "any/home/alice/x"), Decision::kAllow);
  EXPECT_EQ(ask(home, "s3:GetObject", "any/home/bob/x"), Decision::kNoStatement);
}

TEST(IdentityPolicy, AsteriskMeansTheServiceToo) {
  const std::string all = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
  EXPECT_EQ(ask(all, "s3:ListAllMyBuckets", ""), Decision::kAllow);
  EXPECT_EQ(ask(all, "s3:DeleteBucket", "bucket"), Decision::kAllow);
  const std::string arns = R"({"Effect":"Allow","Action":"s3:List*","Resource":"arn:aws:s3:::*"})";
  EXPECT_EQ(ask(arns, "s3:ListAllMyBuckets", ""), Decision::kAllow);
}

TEST(IdentityPolicy, OtherServicesAreAcceptedAndNeverApply) {
  const std::string mixed = R"([{"Effect":"Allow","Action":["ec2:*","s3:GetObject"],)"
                            R"("Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:s3:::b/*"]}])";
  EXPECT_EQ(ask(mixed, "s3:GetObject", "b/x"), Decision::kAllow);
  EXPECT_EQ(ask(mixed, "s3:GetObject", "instance/x"), Decision::kNoStatement);
  const std::string except = R"({"Effect":"Deny","Action":"s3:*",)"
                             R"("NotResource":"arn:aws:ec2:*:*:instance/*"})";
  EXPECT_EQ(ask(except, "s3:GetObject", "b/x"), Decision::kDeny);
}

TEST(IdentityPolicy, PartsOfArnsMayHaveWildcards) {
  for (const char* arn : {"arn:*:s3:::b/*", "arn:aws:s3:*:*:b/*", "arn:aws:s3*", "arn:aws:*"}) {
    const std::string statement =
        R"({"Effect":"Allow","Action":"s3:*","Resource":")" + std::string(arn) + "\"}";
    EXPECT_EQ(ask(statement, "s3:GetObject", "b/x"), Decision::kAllow) << arn;
  }
}

TEST(IdentityPolicy, IsCheckedWithIamsMessages) {
  const auto with = [](const std::string& elements) {
    return message(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow")" + elements + "}]}");
  };
  const std::string action = R"(,"Action":"s3:GetObject")";
  const std::string resource = R"(,"Resource":"*")";
  EXPECT_EQ(with(action + resource), "accepted");
  EXPECT_EQ(with(action + resource + R"(,"Principal":"*")"),
            "Policy document should not specify a principal.");
  EXPECT_EQ(with(resource), "Policy statement must contain actions.");
  EXPECT_EQ(with(action), "Policy statement must contain resources.");
  EXPECT_EQ(with(action + R"(,"Resource":"bucket/*")"),
            "Resource bucket/* must be in ARN format or \"*\".");
  EXPECT_EQ(with(resource + R"(,"Action":"GetObject")"),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  EXPECT_EQ(with(resource + R"(,"Action":"a:b:c")"),
            "Actions/Condition can contain only one colon.");
  EXPECT_EQ(with(action + resource + R"(,"Condition":{"Like":{"a:b":"c"}})"),
            "Syntax errors in policy.");
  EXPECT_EQ(message("nonsense"), "This policy contains invalid Json");
  EXPECT_EQ(message("{}"), "Syntax errors in policy.");
  EXPECT_EQ(message(R"({"Version":"2020","Statement":[]})"),
            "Policy document must be version 2012-10-17 or greater.");
}

}  // namespace
}  // namespace pail::access
