#include "sts/issue.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <utility>

#include "text/ascii.h"

namespace pail::sts {
namespace {

constexpr std::size_t kKeyIdLetters = 16;
constexpr std::size_t kSecretCharacters = 40;
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Allows nothing that anybody asks for: a federated user has only what his session policy gives.
constexpr const char* kNothing =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})";

/// "ASIA" and 16 letters and digits: 80 bits, so that no two sessions ever share one.
std::string make_access_key_id(random::Random& random) {
  std::array<std::byte, kKeyIdLetters> bytes{};
  random.fill(bytes);
  std::string id = "ASIA";
  for (const std::byte byte : bytes) {
    id += kBase32[std::to_integer<std::size_t>(byte) % kBase32.size()];
  }
  return id;
}

/// Tags of the session win over those of the role or user of the same name, which has no case.
std::vector<model::NamedValue> merge_tags(std::vector<model::NamedValue> session,
                                          const std::vector<model::NamedValue>& inherited) {
  const std::size_t own = session.size();
  for (const model::NamedValue& tag : inherited) {
    const bool is_set =
        std::any_of(session.begin(), session.begin() + static_cast<std::ptrdiff_t>(own),
                    [&](const model::NamedValue& other) {
                      return text::equals_ignore_case(other.name, tag.name);
                    });
    if (!is_set) session.push_back(tag);
  }
  return session;
}

IssuedCredentials issue(const Issuer& issuer, auth::Identity identity, SessionRequest request,
                        const std::vector<model::NamedValue>& inherited_tags) {
  auto session = std::make_shared<auth::Session>();
  session->issued = std::chrono::floor<std::chrono::seconds>(issuer.now);
  session->expires = session->issued + request.duration;
  session->policies = std::move(request.policies);
  session->tags = merge_tags(std::move(request.tags), inherited_tags);
  identity.access_key_id = make_access_key_id(issuer.random).append(issuer.key_suffix);
  identity.session = std::move(session);
  identity.tags.clear();
  IssuedCredentials issued;
  issued.credential = {random::random_token(issuer.random, kSecretCharacters), std::move(identity)};
  issued.token = issuer.tokens.make(issued.credential, issuer.random);
  return issued;
}

}  // namespace

IssuedCredentials issue_role_session(const Issuer& issuer, const auth::Role& role,
                                     SessionRequest request) {
  const std::string last = role.name.substr(role.name.rfind('/') + 1);
  auth::Identity identity;
  identity.user_name = last + "/" + request.name;
  identity.account_id = role.account_id;
  identity.canonical_id = auth::canonical_id_of(role.account_id);
  identity.arn = "arn:aws:sts::" + role.account_id + ":assumed-role/" + last + "/" + request.name;
  identity.user_id = role.role_id + ":" + request.name;
  identity.principal_type = "AssumedRole";
  identity.policy_bearer_arn = role.arn;
  return issue(issuer, std::move(identity), std::move(request), role.tags);
}

IssuedCredentials issue_session_token(const Issuer& issuer, const auth::Identity& identity,
                                      SessionRequest request) {
  return issue(issuer, identity, std::move(request), identity.tags);
}

IssuedCredentials issue_federation_token(const Issuer& issuer, const auth::Identity& identity,
                                         SessionRequest request) {
  auth::Identity federated = identity;
  federated.user_name = request.name;
  federated.arn = "arn:aws:sts::" + identity.account_id + ":federated-user/" + request.name;
  federated.user_id = identity.account_id + ":" + request.name;
  federated.principal_type = "FederatedUser";
  if (request.policies.empty()) request.policies.emplace_back(kNothing);
  return issue(issuer, std::move(federated), std::move(request), {});
}

}  // namespace pail::sts
