#include "access/policy.h"

#include <gtest/gtest.h>

#include "access/policy_cache.h"

namespace pail::access {
namespace {

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
  return policy ? evaluate(*policy, {who, action, resource}) : Decision::kDeny;
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
  const std::string only_alice =
      R"({"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"NotAction":"s3:GetObject",)"
      R"("NotResource":"arn:aws:s3:::bucket/open/*"})";
  EXPECT_EQ(ask(only_alice, kMallory, "s3:PutObject", "bucket/a"), Decision::kDeny);
  EXPECT_EQ(ask(only_alice, kNobody, "s3:PutObject", "bucket/a"), Decision::kDeny);
  EXPECT_EQ(ask(only_alice, kAlice, "s3:PutObject", "bucket/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(only_alice, kMallory, "s3:GetObject", "bucket/a"), Decision::kNoStatement);
  EXPECT_EQ(ask(only_alice, kMallory, "s3:PutObject", "bucket/open/a"), Decision::kNoStatement);
}

TEST(Policy, ConditionsAreNotTakenForPermissions) {
  const std::string condition = R"(,"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})";
  EXPECT_EQ(ask(statement("Allow", R"("*")", "s3:GetObject", "bucket/*", condition), kNobody,
                "s3:GetObject", "bucket/a"),
            Decision::kNoStatement);
  EXPECT_EQ(ask(statement("Deny", R"("*")", "s3:GetObject", "bucket/*", condition), kNobody,
                "s3:GetObject", "bucket/a"),
            Decision::kDeny);
}

TEST(Policy, VariablesAreNotTakenForPermissions) {
  const char* home = "bucket/${aws:username}/*";
  EXPECT_EQ(ask(statement("Allow", R"("*")", "s3:GetObject", home), kAlice, "s3:GetObject",
                "bucket/alice/a"),
            Decision::kNoStatement);
  EXPECT_EQ(ask(statement("Deny", R"("*")", "s3:GetObject", home), kAlice, "s3:GetObject",
                "bucket/alice/a"),
            Decision::kDeny);
  const std::string elsewhere = R"({"Effect":"Deny","Principal":"*","Action":"s3:GetObject",)"
                                R"("NotResource":"arn:aws:s3:::bucket/${aws:username}/*"})";
  EXPECT_EQ(ask(elsewhere, kAlice, "s3:GetObject", "bucket/alice/a"), Decision::kDeny);
}

model::Bucket bucket_with(std::string document, std::uint64_t revision) {
  model::Bucket bucket;
  bucket.id = 7;
  bucket.name = "bucket";
  bucket.revision = revision;
  bucket.documents.emplace("policy", std::move(document));
  return bucket;
}

TEST(PolicyCache, FollowsTheRevision) {
  PolicyCache cache;
  const std::string allow =
      "{\"Statement\":[" + statement("Allow", R"("*")", "s3:GetObject", "bucket/*") + "]}";
  const std::string deny =
      "{\"Statement\":[" + statement("Deny", R"("*")", "s3:GetObject", "bucket/*") + "]}";
  const auto first = cache.find(bucket_with(allow, 1));
  EXPECT_EQ(first->statements[0].effect, Effect::kAllow);
  EXPECT_EQ(cache.find(bucket_with(allow, 1)), first) << "parsed once";
  EXPECT_EQ(cache.find(bucket_with(deny, 2))->statements[0].effect, Effect::kDeny);
  EXPECT_EQ(cache.find(model::Bucket{}), nullptr);
}

TEST(PolicyCache, WhatCanNotBeReadDeniesEverything) {
  PolicyCache cache;
  const auto policy = cache.find(bucket_with("{\"Future\":1}", 1));
  EXPECT_EQ(evaluate(*policy, {kAlice, "s3:GetObject", "bucket/a"}), Decision::kDeny);
  EXPECT_EQ(evaluate(*policy, {kNobody, "s3:ListBucket", "bucket"}), Decision::kDeny);
}

}  // namespace
}  // namespace pail::access
