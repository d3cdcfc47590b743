#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "time/clock.h"

namespace pail::auth {

/// The most that AWS takes of a web identity token.
inline constexpr std::size_t kWebIdentityTokenBytesMost = 20'000;

/// What a token (JWT) of an identity provider says. A value.
///
/// The signature of the token is NOT checked: the keys of providers are fetched from the network,
/// and a server for developers' machines does not go there. Whoever reaches the server can
/// therefore assume the roles whose trust policy names a provider; there is none unless it was
/// configured.
struct WebIdentity {
  std::string issuer;  // as the token has it: "https://idp.example.com/realm"
  std::string subject;
  std::vector<std::string> audiences;
  /// All claims that are a text, a number, a truth value or a list of texts.
  std::map<std::string, std::vector<std::string>, std::less<>> claims;

  /// How trust policies call the provider: the issuer without "https://".
  [[nodiscard]] std::string_view provider() const;

  /// Fails: InvalidIdentityToken (no JWT, claims missing), ExpiredTokenException.
  static S3Result<WebIdentity> read(std::string_view token, time::Timestamp now);
};

}  // namespace pail::auth
