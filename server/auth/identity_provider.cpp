#include "auth/identity_provider.h"

#include <algorithm>

#include "error/try.h"
#include "text/base64.h"

namespace pail::auth {
namespace {

S3Result<void> check_signature(const IdentityProvider& provider, const WebIdentity& identity,
                               std::string_view token) {
  const auto dot = token.rfind('.');
  const auto signature = text::base64url_decode(token.substr(dot + 1));
  bool has_key = false;
  for (const ProviderKey& key : provider.keys) {
    // Who names no key may mean any.
    if (!key.id().empty() && !identity.key_id.empty() && key.id() != identity.key_id) continue;
    has_key = true;
    if (signature && key.verifies(identity.algorithm, token.substr(0, dot), *signature)) return {};
  }
  if (!has_key) {
    return fail(S3Error(S3ErrorCode::InvalidIdentityToken,
                        "Couldn't retrieve verification key from your identity provider,  please "
                        "reference AssumeRoleWithWebIdentity documentation for requirements")
                    .because("the provider's keys have none of the id '" + identity.key_id + "'"));
  }
  return fail(S3Error(S3ErrorCode::InvalidIdentityToken,
                      "The provided token could not be validated: its signature is invalid")
                  .because("no key of the provider verifies the token's signature (" +
                           identity.algorithm + ")"));
}

}  // namespace

S3Result<void> IdentityProviders::check(std::string_view token, time::Timestamp now) const {
  PAIL_TRY(const WebIdentity identity, WebIdentity::read(token, now));
  const auto provider = std::ranges::find(known_, identity.issuer, &IdentityProvider::issuer);
  if (provider == known_.end()) {
    if (believes_others_) return {};
    return fail(S3Error(S3ErrorCode::InvalidIdentityToken,
                        "No OpenIDConnect provider found in your account for " + identity.issuer)
                    .because("name the provider and its keys in pail.toml ([providers.NAME]), or "
                             "believe every token with --unverified-web-identities"));
  }
  PAIL_CHECK(check_signature(*provider, identity, token));
  const bool is_for_us = std::ranges::any_of(identity.audiences, [&](const std::string& audience) {
    return std::ranges::count(provider->audiences, audience) > 0;
  });
  if (is_for_us) return {};
  return fail(S3ErrorCode::InvalidIdentityToken, "Incorrect token audience");
}

}  // namespace pail::auth
