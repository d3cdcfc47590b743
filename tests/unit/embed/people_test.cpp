#include "embed/people.h"

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

}  // namespace
}  // namespace pail::embed
