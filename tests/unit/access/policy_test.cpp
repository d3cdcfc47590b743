#include "access/policy.h"

#include <gtest/gtest.h>

#include "support/known_facts.h"

namespace pail::access {
namespace {

using test::KnownFacts;

const auth::Identity kNobody;
const auth::Identity kAlice{"AK1", "alice", "c1", "111122223333"};
const auth::Identity kMallory{"AK2", "mallory", "c2", "444455556666"};

std::string statement(const std::string& effect, const std::string& principal,
                      const std::string& action, const std::string& resource,
                      const std::string& more = "") {
  return R"({"Effect":")" + effect + R"(","Principal":)" + principal + R"(,"Action":")" + action +
         R"(","Resource":"arn:aws:s3:::)" + resource + "\"" + more + "}";
}

Decision ask(const std::string& statements, const auth::Identity& who, std::string_view action,
             std::string_view resource) {
  const auto policy = parse_policy("{\"Statement\":[" + statements + "]}", "bucket");
  EXPECT_TRUE(policy) << policy.error().message;
  return policy ? evaluate(*policy, {who, action, resource}).decision : Decision::kDeny;
}

/// The same with facts, and with variables.
Decision ask_with(const std::string& statements, std::string_view action, std::string_view resource,
                  KnownFacts::Map facts, const auth::Identity& who = kAlice) {
  const auto policy =
      parse_policy(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", "bucket");
  EXPECT_TRUE(policy) << policy.error().message;
  const KnownFacts known(std::move(facts));
  return policy ? evaluate(*policy, {who, action, resource, &known}).decision : Decision::kDeny;
}

TEST(Policy, AllowsExactlyWhatItSays) {
  const std::string read = statement("Allow", R"("*")", "s3:GetObject", "bucket/public/*");
  EXPECT_EQ(ask(read, kNobody, "s3:GetObject", "bucket/public/a"), Decision::kAllow);
  EXPECT_EQ(ask(read, kNobody, "s3:GetObject", "bucket/private/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(read, kNobody, "s3:PutObject", "bucket/public/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(read, kNobody, "s3:GetObjectAcl", "bucket/public/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(read, kNobody, "s3:GetObject", "bucket"), Decision::kNoStatement);
}

TEST(Policy, NamesOfActionsHaveNoCaseAndKeysHave) {
  const std::string read = statement("Allow", R"("*")", "S3:getOBJECT", "bucket/A*");
  EXPECT_EQ(ask(read, kNobody, "s3:GetObject", "bucket/A"), Decision::kAllow);
  EXPECT_EQ(ask(read, kNobody, "s3:GetObject", "bucket/a"), Decision::kNoStatement);
}

TEST(Policy, ExplicitDenyWinsWhateverTheOrder) {
  const std::string allow = statement("Allow", R"("*")", "s3:*", "bucket/*");
  const std::string deny = statement("Deny", R"("*")", "s3:GetObject", "bucket/secret*");
  for (const std::string& both : {allow + "," + deny, deny + "," + allow}) {
    EXPECT_EQ(ask(both, kNobody, "s3:GetObject", "bucket/secret.txt"), Decision::kDeny);
    EXPECT_EQ(ask(both, kNobody, "s3:GetObject", "bucket/open.txt"), Decision::kAllow);
  }
}

TEST(Policy, PrincipalsMeanWhoTheyName) {
  const auto decision = [](const std::string& principal, const auth::Identity& who) {
    return ask(statement("Allow", principal, "s3:GetObject", "bucket/*"), who, "s3:GetObject",
               "bucket/a");
  };
  const auto none = Decision::kNoStatement;
  EXPECT_EQ(decision(R"({"AWS":"*"})", kNobody), Decision::kAllow);
  EXPECT_EQ(decision(R"({"AWS":"111122223333"})", kAlice), Decision::kAllow);
  EXPECT_EQ(decision(R"({"AWS":"111122223333"})", kMallory), none);
  EXPECT_EQ(decision(R"({"AWS":"111122223333"})", kNobody), none);
  EXPECT_EQ(decision(R"({"AWS":"arn:aws:iam::111122223333:root"})", kAlice), Decision::kAllow);
  EXPECT_EQ(decision(R"({"AWS":"arn:aws:iam::111122223333:user/alice"})", kAlice),
            Decision::kAllow);
  EXPECT_EQ(decision(R"({"AWS":"arn:aws:iam::111122223333:user/bob"})", kAlice), none);
  EXPECT_EQ(decision(R"({"AWS":"arn:aws:iam::444455556666:user/alice"})", kAlice), none);
  EXPECT_EQ(decision(R"({"CanonicalUser":"c1"})", kAlice), Decision::kAllow);
  EXPECT_EQ(decision(R"({"CanonicalUser":"c1"})", kMallory), none);
  EXPECT_EQ(decision(R"({"Service":"s3.amazonaws.com"})", kAlice), none);
}

TEST(Policy, NotFormsMeanEverythingElse) {
  const std::string rest = R"({"Effect":"Deny","Principal":"*","NotAction":"s3:GetObject",)"
                           R"("NotResource":"arn:aws:s3:::bucket/open/*"})";
  EXPECT_EQ(ask(rest, kMallory, "s3:PutObject", "bucket/a"), Decision::kDeny);
  EXPECT_EQ(ask(rest, kMallory, "s3:GetObject", "bucket/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(rest, kMallory, "s3:PutObject", "bucket/open/a"), Decision::kNoStatement);
}

TEST(Policy, NotPrincipalExceptsAUserOnlyTogetherWithHisAccount) {
  const auto decision = [](const std::string& principals, const auth::Identity& who) {
    return ask(R"({"Effect":"Deny","NotPrincipal":{"AWS":)" + principals +
                   R"(},"Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"})",
               who, "s3:GetObject", "bucket/a");
  };
  auth::Identity alice = kAlice;
  alice.arn = "arn:aws:iam::111122223333:user/alice";
  auth::Identity root = kAlice;
  root.arn = "arn:aws:iam::111122223333:root";
  auth::Identity session = kAlice;
  session.arn = "arn:aws:sts::111122223333:assumed-role/r/s";
  const std::string account = R"("111122223333")";
  const std::string both = R"(["111122223333","arn:aws:iam::111122223333:user/alice"])";
  EXPECT_EQ(decision(both, alice), Decision::kNoStatement);
  EXPECT_EQ(decision(R"("arn:aws:iam::111122223333:user/alice")", alice), Decision::kDeny);
  EXPECT_EQ(decision(account, alice), Decision::kDeny);
  EXPECT_EQ(decision(account, root), Decision::kNoStatement);
  EXPECT_EQ(decision(both, kMallory), Decision::kDeny);
  EXPECT_EQ(decision(both, kNobody), Decision::kDeny);
  EXPECT_EQ(decision(R"("*")", kNobody), Decision::kNoStatement);
  EXPECT_EQ(decision(R"(["111122223333","arn:aws:iam::111122223333:role/r"])", session),
            Decision::kDeny);
  EXPECT_EQ(decision(R"(["111122223333","arn:aws:iam::111122223333:role/r",)"
                     R"("arn:aws:sts::111122223333:assumed-role/r/s"])",
                     session),
            Decision::kNoStatement);
}

TEST(Policy, WhereNothingIsKnownConditionsDenyAndDoNotAllow) {
  const std::string condition = R"(,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})";
  const std::string home = "bucket/${aws:username}/*";
  const auto decide = [](const std::string& text, const std::string& effect) {
    const auto policy =
        parse_policy(R"({"Version":"2012-10-17","Statement":[)" + text + "]}", "bucket");
    EXPECT_TRUE(policy);
    const auto verdict = evaluate(*policy, {kAlice, "s3:GetObject", "bucket/alice/a"});
    return effect == "Deny" ? verdict.decision == Decision::kDeny
                            : verdict.decision == Decision::kNoStatement;
  };
  for (const std::string effect : {"Allow", "Deny"}) {
    EXPECT_TRUE(decide(statement(effect, R"("*")", "s3:GetObject", "bucket/*", condition), effect));
    EXPECT_TRUE(decide(statement(effect, R"("*")", "s3:GetObject", home), effect));
    EXPECT_TRUE(decide(R"({"Effect":")" + effect + R"(","Principal":"*","Action":"s3:GetObject",)" +
                           R"("NotResource":"arn:aws:s3:::)" + home + "\"}",
                       effect));
  }
}

TEST(Policy, FactsAreLookedUpOnlyByStatementsThatApplyOtherwise) {
  const std::string tagged = R"(,"Condition":{"StringEquals":{"s3:ExistingObjectTag/a":"b"}})";
  const auto policy = parse_policy(
      "{\"Statement\":[" +
          statement("Allow", R"({"AWS":"444455556666"})", "s3:GetObject", "bucket/*", tagged) +
          "," + statement("Deny", R"("*")", "s3:GetObject", "bucket/secret/*", tagged) + "]}",
      "bucket");
  ASSERT_TRUE(policy);
  const KnownFacts facts;
  evaluate(*policy, {kAlice, "s3:GetObject", "bucket/a", &facts});
  EXPECT_EQ(facts.lookups(), 0);
  evaluate(*policy, {kAlice, "s3:GetObject", "bucket/secret/a", &facts});
  EXPECT_EQ(facts.lookups(), 1);
}

TEST(Policy, TheVerdictNamesTheStatement) {
  const std::string text =
      "{\"Statement\":[" + statement("Allow", R"({"AWS":"111122223333"})", "s3:*", "bucket/*") +
      "," + statement("Deny", R"("*")", "s3:PutObject", "bucket/*", R"(,"Sid":"NoWrites")") + "," +
      statement("Allow", R"("*")", "s3:GetObjectAcl", "bucket/*") + "]}";
  const auto policy = parse_policy(text, "bucket");
  ASSERT_TRUE(policy);
  const auto ask_for = [&](std::string_view action) {
    return evaluate(*policy, {kAlice, action, "bucket/a"});
  };
  EXPECT_EQ(describe(ask_for("s3:PutObject"), "the bucket policy"),
            "statement 'NoWrites' of the bucket policy");
  const Verdict by_account = ask_for("s3:GetObject");
  EXPECT_EQ(describe(by_account, "the bucket policy"), "statement number 1 of the bucket policy");
  EXPECT_TRUE(by_account.is_delegated);
  const Verdict direct = ask_for("s3:GetObjectAcl");
  EXPECT_EQ(direct.index, 2U) << "what allows him himself counts more than what allows his account";
  EXPECT_FALSE(direct.is_delegated);
  EXPECT_EQ(describe(evaluate(*policy, {kNobody, "s3:GetObject", "bucket/a"}), "the bucket policy"),
            "no statement of the bucket policy");
}

/// An example of AWS's documentation with what it says of two requests.
struct Example {
  const char* name;
  std::string statement;
  const char* action;
  const char* resource;
  KnownFacts::Map allowed;  // or not denied
  KnownFacts::Map refused;
};

class DocumentedExamples : public testing::TestWithParam<Example> {};

TEST_P(DocumentedExamples, DecideAsDocumented) {
  const Example& e = GetParam();
  const bool denies = e.statement.find(R"("Deny")") != std::string::npos;
  const auto good = denies ? Decision::kNoStatement : Decision::kAllow;
  const auto bad = denies ? Decision::kDeny : Decision::kNoStatement;
  EXPECT_EQ(ask_with(e.statement, e.action, e.resource, e.allowed), good) << e.name;
  EXPECT_EQ(ask_with(e.statement, e.action, e.resource, e.refused), bad) << e.name;
}

std::string example(const std::string& effect, const std::string& action,
                    const std::string& resource, const std::string& condition) {
  return statement(effect, R"("*")", action, resource, R"(,"Condition":)" + condition);
}

INSTANTIATE_TEST_SUITE_P(
    BucketPolicies, DocumentedExamples,
    testing::Values(
        Example{"enforce TLS",
                example("Deny", "s3:*", "bucket/*", R"({"Bool":{"aws:SecureTransport":"false"}})"),
                "s3:GetObject",
                "bucket/a",
                {{"aws:securetransport", {"true"}}},
                {{"aws:securetransport", {"false"}}}},
        Example{"restrict addresses",
                example("Deny", "s3:*", "bucket/*",
                        R"({"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}})"),
                "s3:GetObject",
                "bucket/a",
                {{"aws:sourceip", {"192.0.2.200"}}},
                {{"aws:sourceip", {"203.0.113.1"}}}},
        Example{"require a second factor",
                example("Deny", "s3:*", "bucket/taxdocuments/*",
                        R"({"Null":{"aws:MultiFactorAuthAge":true}})"),
                "s3:GetObject",
                "bucket/taxdocuments/a",
                {{"aws:multifactorauthage", {"60"}}},
                {}},
        Example{"allow a referer",
                example("Allow", "s3:GetObject", "bucket/*",
                        R"({"StringLike":{"aws:Referer":["http://www.example.com/*"]}})"),
                "s3:GetObject",
                "bucket/a",
                {{"aws:referer", {"http://www.example.com/page"}}},
                {{"aws:referer", {"http://www.example.org/page"}}}},
        Example{"a folder for each user",
                statement("Allow", R"("*")", "s3:PutObject", "bucket/${aws:username}/*"),
                "s3:PutObject",
                "bucket/alice/a",
                {{"aws:username", {"alice"}}},
                {{"aws:username", {"bob"}}}},
        Example{"list one's own folder",
                example("Allow", "s3:ListBucket", "bucket",
                        R"({"StringLike":{"s3:prefix":["${aws:username}/*"]}})"),
                "s3:ListBucket",
                "bucket",
                {{"aws:username", {"alice"}}, {"s3:prefix", {"alice/x"}}},
                {{"aws:username", {"alice"}}, {"s3:prefix", {"bob/x"}}}},
        Example{"require encryption with KMS",
                example("Deny", "s3:PutObject", "bucket/*",
                        R"({"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}})"),
                "s3:PutObject",
                "bucket/a",
                {{"s3:x-amz-server-side-encryption", {"aws:kms"}}},
                {{"s3:x-amz-server-side-encryption", {"AES256"}}}},
        Example{"require the encryption header",
                example("Deny", "s3:PutObject", "bucket/*",
                        R"({"Null":{"s3:x-amz-server-side-encryption":"true"}})"),
                "s3:PutObject",
                "bucket/a",
                {{"s3:x-amz-server-side-encryption", {"AES256"}}},
                {}},
        Example{"require full control for the owner of the bucket",
                example("Deny", "s3:PutObject", "bucket/*",
                        R"({"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}})"),
                "s3:PutObject",
                "bucket/a",
                {{"s3:x-amz-acl", {"bucket-owner-full-control"}}},
                {}},
        Example{"read what is tagged",
                example("Allow", "s3:GetObject", "bucket/*",
                        R"({"StringEquals":{"s3:ExistingObjectTag/environment":"production"}})"),
                "s3:GetObject",
                "bucket/a",
                {{"s3:existingobjecttag/environment", {"production"}}},
                {{"s3:existingobjecttag/environment", {"test"}}}},
        Example{
            "allow only certain tags",
            example("Allow", "s3:PutObjectTagging", "bucket/*",
                    R"({"ForAllValues:StringLike":{"s3:RequestObjectTagKeys":["Owner","Date"]}})"),
            "s3:PutObjectTagging",
            "bucket/a",
            {{"s3:requestobjecttagkeys", {"Owner"}}},
            {{"s3:requestobjecttagkeys", {"Owner", "Team"}}}},
        Example{"copy only from a folder",
                example("Deny", "s3:PutObject", "bucket/*",
                        R"({"StringNotLike":{"s3:x-amz-copy-source":"source/public/*"}})"),
                "s3:PutObject",
                "bucket/a",
                {{"s3:x-amz-copy-source", {"source/public/x"}}},
                {{"s3:x-amz-copy-source", {"source/private/x"}}}},
        Example{"a few keys at once",
                example("Deny", "s3:ListBucket", "bucket",
                        R"({"NumericGreaterThan":{"s3:max-keys":"10"}})"),
                "s3:ListBucket",
                "bucket",
                {{"s3:max-keys", {"10"}}},
                {{"s3:max-keys", {"11"}}}},
        Example{"old signatures",
                example("Deny", "s3:*", "bucket/*",
                        R"({"NumericGreaterThan":{"s3:signatureAge":"600000"}})"),
                "s3:GetObject",
                "bucket/a",
                {{"s3:signatureage", {"1000"}}},
                {{"s3:signatureage", {"600001"}}}},
        Example{"never less than TLS 1.2",
                example("Deny", "s3:*", "bucket/*", R"({"NumericLessThan":{"s3:TlsVersion":1.2}})"),
                "s3:GetObject",
                "bucket/a",
                {{"s3:tlsversion", {"1.3"}}},
                {{"s3:tlsversion", {"1.1"}}}},
        Example{
            "keep objects for at most ten days",
            example("Deny", "s3:PutObjectRetention", "bucket/*",
                    R"({"NumericGreaterThan":{"s3:object-lock-remaining-retention-days":"10"}})"),
            "s3:PutObjectRetention",
            "bucket/a",
            {{"s3:object-lock-remaining-retention-days", {"10"}}},
            {{"s3:object-lock-remaining-retention-days", {"11"}}}}));

}  // namespace
}  // namespace pail::access
