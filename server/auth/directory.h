#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/object.h"

namespace pail::auth {

/// Who owns buckets and objects. A value.
struct Account {
  std::string id;            // 12 digits
  std::string canonical_id;  // 64 hex digits, as in Owner and Grantee elements
  std::string email;         // may be empty
};

/// Who sends requests. A value.
struct User {
  std::string name;
  std::string account_id;
  std::string arn;      // "arn:aws:iam::<account>:user/<name>"
  std::string user_id;  // as in ${aws:userid}
  /// Identity policies in JSON. None: an administrator of the account.
  std::vector<std::string> policies;
  std::vector<model::NamedValue> tags;
};

/// What AssumeRole lets somebody be. A value.
struct Role {
  std::string name;
  std::string account_id;
  std::string arn;  // "arn:aws:iam::<account>:role/<name>"
  std::string role_id;
  /// Who may assume it, in JSON. Empty: whoever belongs to the account.
  std::string trust_policy;
  /// As User::policies.
  std::vector<std::string> policies;
  std::vector<model::NamedValue> tags;
  /// The longest session that may be asked for; as on AWS an hour unless something else is said.
  std::chrono::seconds session_most = std::chrono::hours(1);
};

/// A policy that session requests may name by its ARN. A value.
struct ManagedPolicy {
  std::string arn;  // "arn:aws:iam::<account>:policy/<name>"
  std::string document;
};

/// Accounts, users, roles and managed policies that the server was started with. A value, fixed at
/// start.
class Directory {
 public:
  void add(Account account);
  void add(User user);
  void add(Role role);
  void add(ManagedPolicy policy);

  [[nodiscard]] const Account* find_account(std::string_view id) const;
  [[nodiscard]] const Account* find_account_by_canonical_id(std::string_view canonical_id) const;
  [[nodiscard]] const Account* find_account_by_email(std::string_view email) const;
  [[nodiscard]] const User* find_user(std::string_view arn) const;
  [[nodiscard]] const Role* find_role(std::string_view arn) const;
  [[nodiscard]] const ManagedPolicy* find_policy(std::string_view arn) const;
  [[nodiscard]] std::vector<const User*> users() const;
  [[nodiscard]] std::vector<const Role*> roles() const;

 private:
  std::map<std::string, Account, std::less<>> accounts_;
  std::map<std::string, std::string, std::less<>> account_by_canonical_id_;
  std::map<std::string, std::string, std::less<>> account_by_email_;
  std::map<std::string, User, std::less<>> users_;
  std::map<std::string, Role, std::less<>> roles_;
  std::map<std::string, ManagedPolicy, std::less<>> policies_;
};

/// 64 hex digits, the same for an account on every machine, so that recorded answers can be
/// compared.
std::string canonical_id_of(std::string_view account_id);

/// The account of a user for whom none was named: 12 digits made from the name, so that users of
/// different names belong to different accounts, always the same ones.
std::string account_id_of_user(std::string_view user_name);

std::string user_arn(std::string_view account_id, std::string_view user_name);
std::string role_arn(std::string_view account_id, std::string_view role_name);
/// "AIDA…" or "AROA…" as on AWS: 21 letters and digits made from the ARN.
std::string unique_id(std::string_view prefix, std::string_view arn);

}  // namespace pail::auth
