#include "cli/people_settings.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/configuration.h"
#include "cli/layers.h"

namespace pail::cli {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

ServerOptions read(std::string_view file, const std::string& name = "etc/pail.toml") {
  const auto layer = file_layer(serve_settings(), file, name);
  ServerOptions options;
  if (!layer) {
    ADD_FAILURE() << layer.error();
    return options;
  }
  const auto added = add_people(*layer, options);
  EXPECT_TRUE(added.has_value());
  return options;
}

std::string failure(std::string_view file) {
  const auto layer = file_layer(serve_settings(), file, "pail.toml");
  if (!layer) return layer.error();
  ServerOptions options;
  const auto added = add_people(*layer, options);
  return added ? "accepted" : added.error();
}

TEST(PeopleSettings, TablesSayWhatFlagsSay) {
  const ServerOptions options = read(R"(
    [accounts.111122223333]
    email = "team@example.com"
    [accounts.444455556666]
    [users.alice]
    account = "111122223333"
    policy = ["alice.json", '{"Version":"2012-10-17"}']
    tags = { team = "blue", size = 3 }
    [users.bob]
    [roles.reader]
    account = "444455556666"
    trust = "/trust.json"
  )");
  ASSERT_EQ(options.accounts.size(), 2U);
  EXPECT_EQ(options.accounts[0].id, "111122223333");
  EXPECT_EQ(options.accounts[0].email, "team@example.com");
  EXPECT_EQ(options.accounts[1].email, "");
  ASSERT_EQ(options.users.size(), 2U);
  EXPECT_EQ(options.users[0].account_id, "111122223333");
  EXPECT_THAT(options.users[0].policies,
              ElementsAre("etc/alice.json", R"({"Version":"2012-10-17"})"));
  EXPECT_THAT(options.users[0].tags, ElementsAre(Pair("size", "3"), Pair("team", "blue")));
  EXPECT_EQ(options.users[1].name, "bob");
  ASSERT_EQ(options.roles.size(), 1U);
  EXPECT_EQ(options.roles[0].trust_policy, "/trust.json");
}

TEST(PeopleSettings, ManagedPoliciesAndProvidersHaveTables) {
  const ServerOptions options = read(R"(
    [policies."arn:aws:iam::111122223333:policy/read"]
    document = "read.json"
    [roles.reader]
    session-most = "12h"
    [providers.ci]
    issuer = "https://idp.test/realm"
    audience = ["app", "other"]
    keys = "keys.json"
    [providers.other]
    keys = "-----BEGIN PUBLIC KEY-----"
  )");
  ASSERT_EQ(options.managed_policies.size(), 1U);
  EXPECT_EQ(options.managed_policies[0].arn, "arn:aws:iam::111122223333:policy/read");
  EXPECT_EQ(options.managed_policies[0].document, "etc/read.json");
  ASSERT_EQ(options.roles.size(), 1U);
  EXPECT_EQ(options.roles[0].session_most, std::chrono::hours(12));
  ASSERT_EQ(options.identity_providers.size(), 2U);
  EXPECT_EQ(options.identity_providers[0].issuer, "https://idp.test/realm");
  EXPECT_THAT(options.identity_providers[0].audiences, ElementsAre("app", "other"));
  EXPECT_EQ(options.identity_providers[0].keys, "etc/keys.json");
  EXPECT_EQ(options.identity_providers[1].keys, "-----BEGIN PUBLIC KEY-----");
  EXPECT_THAT(failure("managed-policy = [\"read=read.json\"]"), HasSubstr("ARN=FILE"));
  EXPECT_THAT(failure("role-session-most = [\"reader=long\"]"), HasSubstr("NAME=DURATION"));
}

TEST(PeopleSettings, MistakesAreNamedAndValuesAreNot) {
  EXPECT_THAT(failure("[users.alice]\nsecret = \"hidden\""),
              AllOf(HasSubstr("[users.alice]"), HasSubstr("account, policy, tags"),
                    Not(HasSubstr("hidden"))));
  EXPECT_THAT(failure("[users]\nalice = \"hidden\""),
              AllOf(HasSubstr("[users.alice]"), Not(HasSubstr("hidden"))));
  EXPECT_THAT(failure("[roles.reader.policy]\nfile = \"x\""), HasSubstr("[roles.reader]"));
  EXPECT_THAT(failure("user-policy = [\"alice\"]"), HasSubstr("NAME=FILE"));
  EXPECT_THAT(failure("role-tag = [\"reader=team\"]"), HasSubstr("NAME=KEY=VALUE"));
  EXPECT_THAT(failure("[buckets.a]\nname = 1"), HasSubstr("no [tables]"));
}

TEST(PolicyFiles, AreReadInPlaceOfTheirNames) {
  const auto directory = std::filesystem::path(testing::TempDir());
  const auto good = directory / "pail_policy_good.json";
  const auto bad = directory / "pail_policy_bad.json";
  std::ofstream(good) << R"({"Version":"2012-10-17"})";
  std::ofstream(bad) << "secret, not JSON";
  ServerOptions options;
  options.users.push_back({"alice", "", {good.string(), R"({"a":1})"}, {}});
  ASSERT_TRUE(read_policy_files(options).has_value());
  EXPECT_THAT(options.users[0].policies, ElementsAre(R"({"Version":"2012-10-17"})", R"({"a":1})"));
  options.users[0].policies = {bad.string()};
  EXPECT_THAT(read_policy_files(options).error(),
              AllOf(HasSubstr("alice"), HasSubstr(bad.string()), Not(HasSubstr("secret"))));
  options.users[0].policies = {(directory / "pail_policy_none.json").string()};
  EXPECT_THAT(read_policy_files(options).error(), HasSubstr("pail_policy_none.json"));
}

}  // namespace
}  // namespace pail::cli
