#include "auth/session_tokens.h"

#include <gtest/gtest.h>

namespace pail::auth {
namespace {

Credential example() {
  auto session = std::make_shared<Session>();
  session->issued = time::Timestamp(std::chrono::seconds(100));
  session->expires = time::Timestamp(std::chrono::seconds(1000));
  session->policies = {"{}", "[\"\\\"]"};
  session->tags = {{"team", "blå"}};
  Credential credential{"secret", {"ASIA1", "reader/trial", "", "111122223333"}};
  credential.identity.arn = "arn:aws:sts::111122223333:assumed-role/reader/trial";
  credential.identity.user_id = "AROA:trial";
  credential.identity.principal_type = "AssumedRole";
  credential.identity.policy_bearer_arn = "arn:aws:iam::111122223333:role/reader";
  credential.identity.session = std::move(session);
  return credential;
}

TEST(SessionTokens, HoldAllThatThereIsToKnow) {
  random::SeededRandom random(1);
  const SessionTokens tokens(SealKey{std::byte{1}});
  const Credential made = example();
  const auto opened = tokens.open(tokens.make(made, random));
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->secret_access_key, made.secret_access_key);
  const Identity& identity = opened->identity;
  EXPECT_EQ(identity.access_key_id, "ASIA1");
  EXPECT_EQ(identity.user_name, "reader/trial");
  EXPECT_EQ(identity.account_id, "111122223333");
  EXPECT_EQ(identity.canonical_id.size(), 64U);
  EXPECT_EQ(identity.arn, made.identity.arn);
  EXPECT_EQ(identity.user_id, made.identity.user_id);
  EXPECT_EQ(identity.principal_type, made.identity.principal_type);
  EXPECT_EQ(identity.policy_bearer_arn, made.identity.policy_bearer_arn);
  ASSERT_NE(identity.session, nullptr);
  EXPECT_EQ(identity.session->issued, made.identity.session->issued);
  EXPECT_EQ(identity.session->expires, made.identity.session->expires);
  EXPECT_EQ(identity.session->policies, made.identity.session->policies);
  ASSERT_EQ(identity.session->tags.size(), 1U);
  EXPECT_EQ(identity.session->tags[0].value, "blå");
}

TEST(SessionTokens, OpenNothingButTheirOwn) {
  random::SeededRandom random(1);
  const SessionTokens tokens(SealKey{std::byte{1}});
  const SessionTokens others(SealKey{std::byte{2}});
  EXPECT_FALSE(others.open(tokens.make(example(), random)).has_value());
  EXPECT_FALSE(tokens.open("").has_value());
  EXPECT_FALSE(tokens.open(std::string(kSessionTokenBytesMost + 4, 'A')).has_value());
  for (const char* text : {"", "{}", "[]", R"({"key":1})", R"({"key":"a","tags":[[1]]})"}) {
    EXPECT_FALSE(tokens.open(seal(SealKey{std::byte{1}}, text, random)).has_value()) << text;
  }
}

}  // namespace
}  // namespace pail::auth
