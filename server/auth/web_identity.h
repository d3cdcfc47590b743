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
/// Reading believes the token: IdentityProviders::check() has to have let it pass.
struct WebIdentity {
  std::string issuer;  // as the token has it: "https://idp.example.com/realm"
  std::string subject;
  std::vector<std::string> audiences;
  /// All claims that are a text, a number, a truth value or a list of texts.
  std::map<std::string, std::vector<std::string>, std::less<>> claims;
  std::string algorithm;  // of the signature: "RS256"
  std::string key_id;     // with which key it was signed; may be empty

  /// How trust policies call the provider: the issuer without "https://".
  [[nodiscard]] std::string_view provider() const;

  /// Fails: InvalidIdentityToken (no JWT, claims missing), ExpiredTokenException.
  static S3Result<WebIdentity> read(std::string_view token, time::Timestamp now);
};

}  // namespace pail::auth
