#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/provider_key.h"
#include "auth/web_identity.h"
#include "error/s3_error.h"
#include "time/clock.h"

namespace pail::auth {

/// Whose tokens AssumeRoleWithWebIdentity takes. A value.
struct IdentityProvider {
  std::string issuer;  // as tokens have it: "https://idp.example.com/realm"
  /// Who tokens may be for.
  std::vector<std::string> audiences;
  std::vector<ProviderKey> keys;
};

/// The providers of a server. A value, fixed at start; thread-safe.
class IdentityProviders {
 public:
  IdentityProviders() = default;
  /// With `believes_others` tokens of other issuers are taken without a look at their signatures.
  IdentityProviders(std::vector<IdentityProvider> known, bool believes_others)
      : known_(std::move(known)), believes_others_(believes_others) {}

  /// Whether a token is a provider's, for somebody it may be for, and has not expired. Fails as
  /// AWS does: InvalidIdentityToken, ExpiredTokenException.
  [[nodiscard]] S3Result<void> check(std::string_view token, time::Timestamp now) const;

 private:
  std::vector<IdentityProvider> known_;
  bool believes_others_ = false;
};

}  // namespace pail::auth
