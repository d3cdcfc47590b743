#include "embed/people.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "access/policy.h"
#include "error/try.h"

namespace pail::embed {
namespace {

constexpr std::string_view kDefaultUser = "pail";
constexpr std::string_view kDefaultAccountId = "000000000000";
constexpr std::size_t kAccountIdDigits = 12;

bool is_account_id(std::string_view text) {
  return text.size() == kAccountIdDigits &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string account_of(std::string_view user_name) {
  return user_name == kDefaultUser ? std::string(kDefaultAccountId)
                                   : auth::account_id_of_user(user_name);
}

std::vector<model::NamedValue> tags_of(const std::map<std::string, std::string>& tags) {
  std::vector<model::NamedValue> values;
  values.reserve(tags.size());
  for (const auto& [name, value] : tags) values.push_back({name, value});
  return values;
}

/// The account is known from now on; an e-mail address that was given stays.
void add_account(auth::Directory& directory, const std::string& id) {
  if (directory.find_account(id) == nullptr) {
    directory.add(auth::Account{id, auth::canonical_id_of(id), std::string()});
  }
}

Result<void, std::string> check_account(const std::string& id, std::string_view whose) {
  if (is_account_id(id)) return {};
  return Unexpected{std::string(whose) + ": an account id has 12 digits, '" + id + "' has not"};
}

void add_user(auth::Directory& directory, const UserOption& option) {
  auth::User user;
  user.name = option.name;
  user.account_id = option.account_id.empty() ? account_of(option.name) : option.account_id;
  user.arn = auth::user_arn(user.account_id, user.name);
  user.user_id = auth::unique_id("AIDA", user.arn);
  user.policies = option.policies;
  user.tags = tags_of(option.tags);
  add_account(directory, user.account_id);
  directory.add(std::move(user));
}

void add_role(auth::Directory& directory, const RoleOption& option,
              const std::string& first_account_id) {
  auth::Role role;
  role.name = option.name;
  role.account_id = option.account_id.empty() ? first_account_id : option.account_id;
  role.arn = auth::role_arn(role.account_id, role.name);
  role.role_id = auth::unique_id("AROA", role.arn);
  role.trust_policy = option.trust_policy;
  role.policies = option.policies;
  role.tags = tags_of(option.tags);
  role.session_most = option.session_most;
  add_account(directory, role.account_id);
  directory.add(std::move(role));
}

auth::Identity identity_of(const auth::User& user, const auth::Account& account,
                           std::string access_key_id) {
  auth::Identity identity;
  identity.access_key_id = std::move(access_key_id);
  identity.user_name = user.name;
  identity.canonical_id = account.canonical_id;
  identity.account_id = account.id;
  identity.arn = user.arn;
  identity.user_id = user.user_id;
  identity.principal_type = "User";
  identity.policy_bearer_arn = user.arn;
  identity.tags = user.tags;
  return identity;
}

Result<void, std::string> add_managed_policy(auth::Directory& directory,
                                             const ManagedPolicyOption& option) {
  const auto policy = access::parse_identity_policy(option.document);
  if (!policy) {
    return Unexpected{"managed policy " + option.arn + ": " + policy.error().message};
  }
  directory.add(auth::ManagedPolicy{option.arn, option.document});
  return {};
}

Result<auth::IdentityProviders, std::string> read_providers(const ServerOptions& options) {
  std::vector<auth::IdentityProvider> known;
  for (const IdentityProviderOption& option : options.identity_providers) {
    if (option.issuer.empty()) {
      return Unexpected{"identity provider '" + option.name + "': say who issues its tokens"};
    }
    if (option.audiences.empty()) {
      return Unexpected{"identity provider '" + option.name +
                        "': say who its tokens are for (audience)"};
    }
    auto keys = auth::ProviderKey::read(option.keys);
    if (!keys) return Unexpected{"identity provider '" + option.name + "': " + keys.error()};
    known.push_back({option.issuer, option.audiences, std::move(*keys)});
  }
  return auth::IdentityProviders(std::move(known), options.unverified_web_identities);
}

Result<void, std::string> check_options(const ServerOptions& options) {
  for (const AccountOption& account : options.accounts) {
    PAIL_CHECK(check_account(account.id, "account"));
  }
  for (const UserOption& user : options.users) {
    if (user.account_id.empty()) continue;
    PAIL_CHECK(check_account(user.account_id, "user '" + user.name + "'"));
  }
  for (const RoleOption& role : options.roles) {
    if (role.session_most < std::chrono::hours(1) || role.session_most > std::chrono::hours(12)) {
      return Unexpected{"role '" + role.name + "': its sessions may last 1 to 12 hours at most"};
    }
    if (role.account_id.empty()) continue;
    PAIL_CHECK(check_account(role.account_id, "role '" + role.name + "'"));
  }
  return {};
}

}  // namespace

Result<People, std::string> read_people(const ServerOptions& options) {
  PAIL_CHECK(check_options(options));
  People people;
  auth::Directory& directory = people.directory;
  for (const AccountOption& account : options.accounts) {
    directory.add(auth::Account{account.id, auth::canonical_id_of(account.id), account.email});
  }
  std::vector<CredentialOption> given = options.credentials;
  if (given.empty()) {
    given.push_back({kDefaultAccessKeyId, kDefaultSecretAccessKey, std::string(kDefaultUser)});
  }
  for (const UserOption& user : options.users) add_user(directory, user);
  for (CredentialOption& credential : given) {
    const auto described =
        std::ranges::find(options.users, credential.user_name, &UserOption::name);
    const bool is_described = described != options.users.end();
    if (!is_described) add_user(directory, UserOption{credential.user_name, {}, {}, {}});
    const std::string account_id = is_described && !described->account_id.empty()
                                       ? described->account_id
                                       : account_of(credential.user_name);
    const auth::Account& account = *directory.find_account(account_id);
    const auth::User& user = *directory.find_user(auth::user_arn(account_id, credential.user_name));
    if (people.first_account.id.empty()) people.first_account = account;
    auth::Identity identity = identity_of(user, account, std::move(credential.access_key_id));
    people.credentials.add({std::move(credential.secret_access_key), std::move(identity)});
  }
  for (const RoleOption& role : options.roles) {
    add_role(directory, role, people.first_account.id);
  }
  for (const ManagedPolicyOption& policy : options.managed_policies) {
    PAIL_CHECK(add_managed_policy(directory, policy));
  }
  PAIL_TRY(people.providers, read_providers(options));
  return people;
}

}  // namespace pail::embed
