#include "embed/people.h"

#include <chrono>

#include <gtest/gtest.h>

namespace pail::embed {
namespace {

People must_read(ServerOptions options) {
  auto people = read_people(options);
  if (people) return std::move(people).value();
  ADD_FAILURE() << people.error();
  return {};
}

ServerOptions with(std::vector<CredentialOption> credentials) {
  ServerOptions options;
  options.credentials = std::move(credentials);
  return options;
}

const auth::Identity& identity(const People& people, const char* access_key_id) {
  return people.credentials.find(access_key_id)->identity;
}

TEST(People, CredentialsOfOneUserBelongToOneAccount) {
  const People people = must_read(with({{"A", "s"}, {"B", "s"}}));
  EXPECT_EQ(identity(people, "A").account_id, identity(people, "B").account_id);
  EXPECT_EQ(identity(people, "A").arn, "arn:aws:iam::000000000000:user/pail");
}

TEST(People, CredentialsOfDifferentUsersBelongToDifferentAccounts) {
  const People people = must_read(with({{"A", "s", "alice"}, {"B", "s", "bob"}}));
  EXPECT_NE(identity(people, "A").account_id, identity(people, "B").account_id);
  EXPECT_NE(identity(people, "A").canonical_id, identity(people, "B").canonical_id);
  EXPECT_EQ(people.first_account.id, identity(people, "A").account_id);
}

TEST(People, WhatIsSaidOfUsersCounts) {
  ServerOptions options;
  options.credentials = {{"A", "s", "alice"}, {"B", "s", "bob"}};
  options.accounts = {{"111122223333", "team@example.com"}};
  options.users = {{"alice", "111122223333", {"{}"}, {{"team", "blue"}}},
                   {"bob", "111122223333", {}, {}}};
  options.roles = {{"reader", "", "{}", {}, {}}};
  const People people = must_read(std::move(options));
  const auth::Identity& alice = identity(people, "A");
  EXPECT_EQ(alice.arn, "arn:aws:iam::111122223333:user/alice");
  EXPECT_EQ(alice.account_id, identity(people, "B").account_id);
  ASSERT_EQ(alice.tags.size(), 1U);
  EXPECT_EQ(alice.tags[0].value, "blue");
  EXPECT_EQ(people.directory.find_user(alice.arn)->policies.size(), 1U);
  EXPECT_NE(people.directory.find_account_by_email("TEAM@example.com"), nullptr);
  EXPECT_NE(people.directory.find_role("arn:aws:iam::111122223333:role/reader"), nullptr);
}

TEST(People, AccountsHaveTwelveDigits) {
  const auto failure = [](const auto& say) {
    ServerOptions options;
    say(options);
    const auto people = read_people(options);
    return people ? std::string("accepted") : people.error();
  };
  EXPECT_EQ(failure([](ServerOptions& o) {
              o.accounts = {{"12", ""}};
            }),
            "account: an account id has 12 digits, '12' has not");
  const auto user = failure([](ServerOptions& o) { o.users = {{"alice", "x", {}, {}}}; });
  EXPECT_NE(user.find("'alice'"), std::string::npos);
  const auto role = failure([](ServerOptions& o) { o.roles = {{"reader", "x", "", {}, {}}}; });
  EXPECT_NE(role.find("'reader'"), std::string::npos);
}

TEST(People, RolesManagedPoliciesAndProvidersAreChecked) {
  const auto failure = [](const auto& say) {
    ServerOptions options;
    say(options);
    const auto people = read_people(options);
    return people ? std::string("accepted") : people.error();
  };
  EXPECT_EQ(failure([](ServerOptions& o) {
              o.roles = {{"reader", "", "", {}, {}, std::chrono::hours(13)}};
            }),
            "role 'reader': its sessions may last 1 to 12 hours at most");
  EXPECT_TRUE(failure([](ServerOptions& o) {
                o.managed_policies = {{"arn:aws:iam::111122223333:policy/p", "{}"}};
              }).starts_with("managed policy arn:aws:iam::111122223333:policy/p: "));
  EXPECT_EQ(failure([](ServerOptions& o) {
              o.identity_providers = {{"idp", "", {}, ""}};
            }),
            "identity provider 'idp': say who issues its tokens");
  EXPECT_EQ(failure([](ServerOptions& o) {
              o.identity_providers = {{"idp", "https://idp.test", {}, ""}};
            }),
            "identity provider 'idp': say who its tokens are for (audience)");
  EXPECT_EQ(failure([](ServerOptions& o) {
              o.identity_providers = {{"idp", "https://idp.test", {"app"}, ""}};
            }),
            "identity provider 'idp': neither a key set (JWKS) nor a public key in PEM");
}

}  // namespace
}  // namespace pail::embed
