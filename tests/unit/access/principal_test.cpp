#include "access/principal.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

auth::Identity sender(std::string arn) {
  auth::Identity identity{"AK", "alice", "c1", "111122223333"};
  identity.arn = std::move(arn);
  return identity;
}

const auth::Identity kNobody;
const auth::Identity kAlice = sender("arn:aws:iam::111122223333:user/team/alice");
const auth::Identity kRoot = sender("arn:aws:iam::111122223333:root");
const auth::Identity kSession = sender("arn:aws:sts::111122223333:assumed-role/builder/s1");

bool includes(std::string_view text, const auth::Identity& who) {
  const auto principal = Principal::parse(text);
  EXPECT_TRUE(principal) << text;
  return principal && principal->includes(who);
}

TEST(Principal, EverybodyIncludesWhoIsNotSigned) {
  EXPECT_TRUE(includes("*", kNobody));
  EXPECT_TRUE(includes("*", kAlice));
}

TEST(Principal, AnAccountIncludesItsUsersAndSessionsButNotDirectly) {
  for (const char* account : {"111122223333", "arn:aws:iam::111122223333:root"}) {
    EXPECT_TRUE(includes(account, kAlice));
    EXPECT_TRUE(includes(account, kSession));
    EXPECT_FALSE(includes(account, kNobody));
    EXPECT_FALSE(Principal::parse(account)->includes_directly(kAlice));
    EXPECT_TRUE(Principal::parse(account)->includes_directly(kRoot));
  }
  EXPECT_FALSE(includes("444455556666", kAlice));
}

TEST(Principal, AUserIsNamedWithHisPath) {
  EXPECT_TRUE(includes("arn:aws:iam::111122223333:user/team/alice", kAlice));
  EXPECT_FALSE(includes("arn:aws:iam::111122223333:user/alice", kAlice));
  EXPECT_FALSE(includes("arn:aws:iam::444455556666:user/team/alice", kAlice));
  EXPECT_FALSE(includes("arn:aws:iam::111122223333:user/team/alice", kNobody));
  EXPECT_FALSE(includes("arn:aws:iam::111122223333:user/team/alice", kSession));
}

TEST(Principal, ARoleIncludesItsSessionsAndASessionItself) {
  EXPECT_TRUE(includes("arn:aws:iam::111122223333:role/builder", kSession));
  EXPECT_TRUE(includes("arn:aws:iam::111122223333:role/path/builder", kSession));
  EXPECT_FALSE(includes("arn:aws:iam::111122223333:role/build", kSession));
  EXPECT_TRUE(includes("arn:aws:sts::111122223333:assumed-role/builder/s1", kSession));
  EXPECT_FALSE(includes("arn:aws:sts::111122223333:assumed-role/builder/s2", kSession));
  EXPECT_FALSE(includes("arn:aws:iam::111122223333:role/builder", kAlice));
}

TEST(Principal, FederatedUsersAreSessions) {
  const auto bob = sender("arn:aws:sts::111122223333:federated-user/bob");
  EXPECT_TRUE(includes("arn:aws:sts::111122223333:federated-user/bob", bob));
  EXPECT_FALSE(includes("arn:aws:sts::111122223333:federated-user/eve", bob));
}

TEST(Principal, WhatAwsDoesNotTakeIsNone) {
  for (const char* text :
       {"", "alice", "12345678901", "arn:aws:iam::111122223333:user/*",
        "arn:aws:iam::111122223333:group/g", "arn:aws:iam::1:user/a",
        "arn:aws:s3::111122223333:user/a", "arn:aws:iam::111122223333:user/",
        "arn:aws:sts::111122223333:assumed-role/r", "arn:aws:sts::111122223333:assumed-role//s",
        "arn:aws:iam::*:root", "AIDAEXAMPLE"}) {
    EXPECT_FALSE(Principal::parse(text)) << text;
  }
  EXPECT_TRUE(Principal::parse("arn:aws-cn:iam::111122223333:role/r"));
}

}  // namespace
}  // namespace pail::access
