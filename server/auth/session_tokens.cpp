#include "auth/session_tokens.h"

#include <chrono>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "auth/directory.h"

namespace pail::auth {
namespace {

using nlohmann::json;

json to_json(const Credential& credential) {
  const Identity& identity = credential.identity;
  const Session& session = *identity.session;
  json tags = json::array();
  for (const auto& tag : session.tags) tags.push_back({tag.name, tag.value});
  return {{"key", identity.access_key_id},
          {"secret", credential.secret_access_key},
          {"name", identity.user_name},
          {"account", identity.account_id},
          {"arn", identity.arn},
          {"id", identity.user_id},
          {"type", identity.principal_type},
          {"bearer", identity.policy_bearer_arn},
          {"issued", session.issued.time_since_epoch().count()},
          {"expires", session.expires.time_since_epoch().count()},
          {"policies", session.policies},
          {"tags", std::move(tags)}};
}

time::Timestamp time_at(const json& object, const char* name) {
  return time::Timestamp(std::chrono::milliseconds(object.at(name).get<std::int64_t>()));
}

Credential from_json(const json& object) {
  const auto text = [&object](const char* name) { return object.at(name).get<std::string>(); };
  auto session = std::make_shared<Session>();
  session->issued = time_at(object, "issued");
  session->expires = time_at(object, "expires");
  session->policies = object.at("policies").get<std::vector<std::string>>();
  for (const json& tag : object.at("tags")) {
    session->tags.push_back({tag.at(0).get<std::string>(), tag.at(1).get<std::string>()});
  }
  Credential credential;
  credential.secret_access_key = text("secret");
  Identity& identity = credential.identity;
  identity.access_key_id = text("key");
  identity.user_name = text("name");
  identity.account_id = text("account");
  identity.canonical_id = canonical_id_of(identity.account_id);
  identity.arn = text("arn");
  identity.user_id = text("id");
  identity.principal_type = text("type");
  identity.policy_bearer_arn = text("bearer");
  identity.session = std::move(session);
  return credential;
}

}  // namespace

std::string SessionTokens::make(const Credential& credential, random::Random& random) const {
  return seal(key_, to_json(credential).dump(), random);
}

std::optional<Credential> SessionTokens::open(std::string_view token) const {
  if (token.size() > kSessionTokenBytesMost) return std::nullopt;
  const auto text = unseal(key_, token);
  if (!text) return std::nullopt;
  // Another version of the server may have sealed other fields under the same key.
  try {
    return from_json(json::parse(*text));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace pail::auth
