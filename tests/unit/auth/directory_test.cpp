#include "auth/directory.h"

#include <gtest/gtest.h>

namespace pail::auth {
namespace {

TEST(Directory, FindsAccountsByEveryName) {
  Directory directory;
  directory.add(Account{"111111111111", canonical_id_of("111111111111"), "Some@Example.com"});
  EXPECT_EQ(directory.find_account("111111111111")->email, "Some@Example.com");
  EXPECT_EQ(directory.find_account_by_canonical_id(canonical_id_of("111111111111"))->id,
            "111111111111");
  EXPECT_EQ(directory.find_account_by_email("some@example.COM")->id, "111111111111");
  EXPECT_EQ(directory.find_account("222222222222"), nullptr);
  EXPECT_EQ(directory.find_account_by_email(""), nullptr);
}

TEST(Directory, FindsUsersAndRolesByArn) {
  Directory directory;
  directory.add(User{"alice", "111111111111", user_arn("111111111111", "alice"), "AIDA", {}, {}});
  directory.add(
      Role{"reader", "111111111111", role_arn("111111111111", "reader"), "AROA", {}, {}, {}});
  EXPECT_EQ(directory.find_user("arn:aws:iam::111111111111:user/alice")->name, "alice");
  EXPECT_EQ(directory.find_role("arn:aws:iam::111111111111:role/reader")->name, "reader");
  EXPECT_EQ(directory.find_user("arn:aws:iam::111111111111:user/bob"), nullptr);
  EXPECT_EQ(directory.users().size(), 1U);
  EXPECT_EQ(directory.roles().size(), 1U);
}

TEST(AccountOfUser, IsTwelveDigitsAndDiffersByName) {
  const std::string alice = account_id_of_user("alice");
  EXPECT_EQ(alice.size(), 12U);
  EXPECT_EQ(alice.find_first_not_of("0123456789"), std::string::npos);
  EXPECT_NE(alice, account_id_of_user("bob"));
  EXPECT_EQ(alice, account_id_of_user("alice"));
}

TEST(UniqueId, IsThatOfAnArn) {
  const std::string id = unique_id("AIDA", user_arn("111111111111", "alice"));
  EXPECT_EQ(id.size(), 21U);
  EXPECT_EQ(id.substr(0, 4), "AIDA");
  EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), std::string::npos);
  EXPECT_NE(id, unique_id("AIDA", user_arn("111111111111", "bob")));
}

}  // namespace
}  // namespace pail::auth
