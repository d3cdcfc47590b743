#include "auth/directory.h"

#include <charconv>
#include <cstdint>
#include <utility>

#include "checksum/digest.h"
#include "text/ascii.h"

namespace pail::auth {
namespace {

constexpr std::size_t kAccountDigits = 12;
constexpr std::size_t kUniqueIdLength = 21;
constexpr std::string_view kUniqueIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

std::size_t hex_value(char digit) {
  return static_cast<std::size_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

template <typename Map>
auto find_in(const Map& map, std::string_view key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

void Directory::add(Account account) {
  account_by_canonical_id_.insert_or_assign(account.canonical_id, account.id);
  if (!account.email.empty()) {
    account_by_email_.insert_or_assign(text::to_lower(account.email), account.id);
  }
  std::string id = account.id;
  accounts_.insert_or_assign(std::move(id), std::move(account));
}

void Directory::add(User user) {
  std::string arn = user.arn;
  users_.insert_or_assign(std::move(arn), std::move(user));
}

void Directory::add(Role role) {
  std::string arn = role.arn;
  roles_.insert_or_assign(std::move(arn), std::move(role));
}

void Directory::add(ManagedPolicy policy) {
  std::string arn = policy.arn;
  policies_.insert_or_assign(std::move(arn), std::move(policy));
}

const ManagedPolicy* Directory::find_policy(std::string_view arn) const {
  return find_in(policies_, arn);
}

const Account* Directory::find_account(std::string_view id) const { return find_in(accounts_, id); }

const Account* Directory::find_account_by_canonical_id(std::string_view canonical_id) const {
  const std::string* id = find_in(account_by_canonical_id_, canonical_id);
  return id ? find_account(*id) : nullptr;
}

const Account* Directory::find_account_by_email(std::string_view email) const {
  const std::string* id = find_in(account_by_email_, text::to_lower(email));
  return id ? find_account(*id) : nullptr;
}

const User* Directory::find_user(std::string_view arn) const { return find_in(users_, arn); }

const Role* Directory::find_role(std::string_view arn) const { return find_in(roles_, arn); }

std::vector<const User*> Directory::users() const {
  std::vector<const User*> all;
  for (const auto& [arn, user] : users_) all.push_back(&user);
  return all;
}

std::vector<const Role*> Directory::roles() const {
  std::vector<const Role*> all;
  for (const auto& [arn, role] : roles_) all.push_back(&role);
  return all;
}

std::string canonical_id_of(std::string_view account_id) {
  return checksum::sha256_hex("pail account " + std::string(account_id));
}

std::string account_id_of_user(std::string_view user_name) {
  const std::string hash = checksum::sha256_hex("pail account of user " + std::string(user_name));
  std::uint64_t number = 0;
  std::from_chars(hash.data(), hash.data() + 12, number, 16);
  std::string digits = std::to_string(number % 1'000'000'000'000ULL);
  return std::string(kAccountDigits - digits.size(), '0') + digits;
}

std::string user_arn(std::string_view account_id, std::string_view user_name) {
  return "arn:aws:iam::" + std::string(account_id) + ":user/" + std::string(user_name);
}

std::string role_arn(std::string_view account_id, std::string_view role_name) {
  return "arn:aws:iam::" + std::string(account_id) + ":role/" + std::string(role_name);
}

std::string unique_id(std::string_view prefix, std::string_view arn) {
  const std::string hash = checksum::sha256_hex("pail unique id " + std::string(arn));
  std::string id(prefix);
  for (const char digit : hash) id += kUniqueIdLetters.at(hex_value(digit) * 2 + id.size() % 2);
  return id.substr(0, kUniqueIdLength);
}

}  // namespace pail::auth
