#include "cli/people_settings.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/option_values.h"
#include "cli/text_file.h"
#include "error/try.h"

namespace pail::cli {
namespace {

struct Halves {
  std::string name;
  std::string value;
};

Halves split_at(std::string_view text, char separator) {
  const auto at = text.find(separator);
  if (at == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

const std::vector<GivenValue>& values_of(const Layer& settings, std::string_view name) {
  static const std::vector<GivenValue> kNone;
  const auto found = settings.find(name);
  return found == settings.end() ? kNone : found->second;
}

/// The user or role of that name, made if he is not there yet.
template <typename Option>
Option& named(std::vector<Option>& options, const std::string& name) {
  const auto found = std::ranges::find(options, name, &Option::name);
  if (found != options.end()) return *found;
  Option option;
  option.name = name;
  options.push_back(std::move(option));
  return options.back();
}

Result<void, std::string> add_accounts(const Layer& settings, ServerOptions& options) {
  for (const GivenValue& given : values_of(settings, "account")) {
    Halves halves = split_at(given.value, ':');
    if (halves.name.empty()) return Unexpected{given.origin + " is not ID or ID:EMAIL"};
    options.accounts.push_back({std::move(halves.name), std::move(halves.value)});
  }
  return {};
}

template <typename Option>
Result<void, std::string> add_named(const Layer& settings, std::string_view setting,
                                    std::vector<Option>& options) {
  for (const GivenValue& given : values_of(settings, setting)) {
    const Halves halves = split_at(given.value, ':');
    if (halves.name.empty()) return Unexpected{given.origin + " is not NAME or NAME:ACCOUNT"};
    Option& option = named(options, halves.name);
    if (!halves.value.empty()) option.account_id = halves.value;
  }
  return {};
}

/// Calls `put` with each option that the setting names, and what it says of it.
template <typename Option, typename Put>
Result<void, std::string> put_named(const Layer& settings, std::string_view setting,
                                    std::string_view form, std::vector<Option>& options, Put put) {
  for (const GivenValue& given : values_of(settings, setting)) {
    Halves halves = split_at(given.value, '=');
    if (halves.name.empty() || halves.value.empty()) {
      return Unexpected{given.origin + " is not " + std::string(form)};
    }
    if (!put(named(options, halves.name), std::move(halves.value))) {
      return Unexpected{given.origin + " is not " + std::string(form)};
    }
  }
  return {};
}

template <typename Option>
bool put_policy(Option& option, std::string policy) {
  option.policies.push_back(std::move(policy));
  return true;
}

template <typename Option>
bool put_tag(Option& option, const std::string& text) {
  Halves tag = split_at(text, '=');
  if (tag.name.empty() || text.find('=') == std::string::npos) return false;
  option.tags.insert_or_assign(std::move(tag.name), std::move(tag.value));
  return true;
}

bool put_trust(RoleOption& role, std::string policy) {
  role.trust_policy = std::move(policy);
  return true;
}

bool put_session_most(RoleOption& role, const std::string& text) {
  const auto duration = parse_duration(text);
  if (!duration) return false;
  role.session_most = std::chrono::floor<std::chrono::seconds>(*duration);
  return true;
}

bool put_audience(IdentityProviderOption& provider, std::string audience) {
  provider.audiences.push_back(std::move(audience));
  return true;
}

bool put_keys(IdentityProviderOption& provider, std::string keys) {
  provider.keys = std::move(keys);
  return true;
}

Result<void, std::string> add_managed_policies(const Layer& settings, ServerOptions& options) {
  for (const GivenValue& given : values_of(settings, "managed-policy")) {
    Halves halves = split_at(given.value, '=');
    if (!halves.name.starts_with("arn:") || halves.value.empty()) {
      return Unexpected{given.origin + " is not ARN=FILE"};
    }
    options.managed_policies.push_back({std::move(halves.name), std::move(halves.value)});
  }
  return {};
}

Result<void, std::string> add_providers(const Layer& settings, ServerOptions& options) {
  auto& providers = options.identity_providers;
  for (const GivenValue& given : values_of(settings, "provider")) {
    Halves halves = split_at(given.value, ':');
    if (halves.name.empty()) return Unexpected{given.origin + " is not NAME:ISSUER"};
    IdentityProviderOption& provider = named(providers, halves.name);
    if (!halves.value.empty()) provider.issuer = std::move(halves.value);
  }
  PAIL_CHECK(put_named(settings, "provider-audience", "NAME=AUDIENCE", providers, put_audience));
  PAIL_CHECK(put_named(settings, "provider-keys", "NAME=FILE", providers, put_keys));
  return {};
}

Result<void, std::string> read_policy(std::string& policy, const std::string& whose) {
  if (policy.empty() || is_document(policy)) return {};
  const std::string file = policy;
  auto text = read_text_file(file);
  if (!text) return Unexpected{"the policy of " + whose + ": " + text.error()};
  if (!nlohmann::json::accept(*text)) {
    return Unexpected{"the policy of " + whose + ": " + file + " is not JSON"};
  }
  policy = std::move(text).value();
  return {};
}

}  // namespace

Result<void, std::string> add_people(const Layer& settings, ServerOptions& options) {
  constexpr std::string_view kPolicy = "NAME=FILE";
  constexpr std::string_view kTag = "NAME=KEY=VALUE";
  PAIL_CHECK(add_accounts(settings, options));
  PAIL_CHECK(add_named(settings, "user", options.users));
  PAIL_CHECK(put_named(settings, "user-policy", kPolicy, options.users, put_policy<UserOption>));
  PAIL_CHECK(put_named(settings, "user-tag", kTag, options.users, put_tag<UserOption>));
  PAIL_CHECK(add_named(settings, "role", options.roles));
  PAIL_CHECK(put_named(settings, "role-trust", kPolicy, options.roles, put_trust));
  PAIL_CHECK(put_named(settings, "role-policy", kPolicy, options.roles, put_policy<RoleOption>));
  PAIL_CHECK(put_named(settings, "role-tag", kTag, options.roles, put_tag<RoleOption>));
  PAIL_CHECK(
      put_named(settings, "role-session-most", "NAME=DURATION", options.roles, put_session_most));
  PAIL_CHECK(add_managed_policies(settings, options));
  PAIL_CHECK(add_providers(settings, options));
  return {};
}

Result<void, std::string> read_policy_files(ServerOptions& options) {
  for (UserOption& user : options.users) {
    for (std::string& policy : user.policies) {
      PAIL_CHECK(read_policy(policy, "user '" + user.name + "'"));
    }
  }
  for (RoleOption& role : options.roles) {
    for (std::string& policy : role.policies) {
      PAIL_CHECK(read_policy(policy, "role '" + role.name + "'"));
    }
    PAIL_CHECK(read_policy(role.trust_policy, "role '" + role.name + "' (trust)"));
  }
  for (ManagedPolicyOption& policy : options.managed_policies) {
    PAIL_CHECK(read_policy(policy.document, policy.arn));
  }
  for (IdentityProviderOption& provider : options.identity_providers) {
    if (provider.keys.empty() || is_document(provider.keys)) continue;
    PAIL_TRY(provider.keys, read_text_file(provider.keys));
  }
  return {};
}

}  // namespace pail::cli
