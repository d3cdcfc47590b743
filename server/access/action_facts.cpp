#include "access/action_facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"

namespace pail::access {
namespace {

constexpr std::size_t kTagsMost = 50;
using Values = std::optional<std::vector<std::string>>;

BodyFacts body_facts(const protocol::ActionForm& form) {
  BodyFacts facts;
  if (auto tags = session_tags(form.parameters); !tags.empty()) facts.tags = std::move(tags);
  return facts;
}

}  // namespace

std::vector<model::NamedValue> session_tags(const protocol::Query& parameters) {
  std::vector<model::NamedValue> tags;
  for (std::size_t i = 1; i <= kTagsMost + 1; ++i) {
    const std::string prefix = "Tags.member." + std::to_string(i);
    const auto key = parameters.find(prefix + ".Key");
    if (!key) break;
    tags.push_back(
        {std::string(*key), std::string(parameters.find(prefix + ".Value").value_or(""))});
  }
  return tags;
}

ActionFacts::ActionFacts(const protocol::RoutedRequest& request, const auth::Identity& identity,
                         const auth::Role* role, const auth::WebIdentity* identity_claims)
    : form_(*request.action),
      role_(role),
      identity_claims_(identity_claims),
      body_(body_facts(form_)),
      general_(request, identity, nullptr, {.body = &body_, .role = role}) {}

Values ActionFacts::find(const ConditionKey& key) const {
  static constexpr auto kParameters = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"sts:externalid", "ExternalId"},
      {"sts:rolesessionname", "RoleSessionName"},
      {"sts:sourceidentity", "SourceIdentity"},
      {"sts:durationseconds", "DurationSeconds"},
  });
  for (const auto& [name, parameter_name] : kParameters) {
    if (key.name == name) return parameter(parameter_name);
  }
  if (key.name == "iam:resourcetag/" && role_ != nullptr) {
    return general_.find({"aws:resourcetag/", key.tag});
  }
  // Issuers may have a path, which reads like the name of a tag.
  if (auto value = claim(key.name + text::to_lower(key.tag))) return value;
  return general_.find(key);
}

Values ActionFacts::parameter(std::string_view name) const {
  const auto value = form_.parameters.find(name);
  if (!value) return std::nullopt;
  return std::vector<std::string>{std::string(*value)};
}

/// "idp.example.com/realm:sub", where keys have no case.
Values ActionFacts::claim(std::string_view name) const {
  if (identity_claims_ == nullptr) return std::nullopt;
  const std::string provider = text::to_lower(identity_claims_->provider());
  if (name.size() <= provider.size() || !name.starts_with(provider) ||
      name[provider.size()] != ':') {
    return std::nullopt;
  }
  const std::string_view wanted = name.substr(provider.size() + 1);
  // AWS calls the authorized party the audience, where a token has one.
  if (wanted == "aud" && identity_claims_->claims.contains("azp")) return claim(provider + ":azp");
  for (const auto& [claimed, values] : identity_claims_->claims) {
    if (text::equals_ignore_case(claimed, wanted)) return values;
  }
  return std::nullopt;
}

}  // namespace pail::access
