#pragma once

#include <optional>
#include <string_view>

#include "auth/credentials.h"
#include "auth/session_tokens.h"
#include "error/s3_error.h"
#include "protocol/routed_request.h"
#include "time/clock.h"

namespace pail::auth {

/// The session token that a request brings along (header, query or form), if it does. Refers to the
/// request.
class SessionClaim {
 public:
  /// `tokens` is nullptr where no temporary credentials are issued.
  SessionClaim(const protocol::RoutedRequest& request, const SessionTokens* tokens);

  /// The keys that the request may be signed with: the one that the token was made for, or without
  /// a token of this server those that the server was started with.
  [[nodiscard]] const Credentials& known(const Credentials& permanent) const {
    return expires_ ? own_ : permanent;
  }

  /// To be asked once the signature is proven. Fails: InvalidToken (not of this server, or beside a
  /// permanent key), ExpiredToken.
  [[nodiscard]] S3Result<void> check(time::Timestamp now) const;

  /// A key that is not known beside a token is what AWS calls an invalid token.
  [[nodiscard]] S3Error refine(S3Error error) const;

 private:
  [[nodiscard]] S3Error invalid() const;

  std::optional<std::string_view> token_;  // never empty
  Credentials own_;
  std::optional<time::Timestamp> expires_;
};

}  // namespace pail::auth
