#pragma once

#include <string>
#include <string_view>

#include "auth/credentials.h"
#include "auth/directory.h"
#include "auth/session_tokens.h"
#include "random/random.h"
#include "sts/session_request.h"
#include "time/clock.h"

namespace pail::sts {

/// Temporary credentials as they are handed out. A value.
struct IssuedCredentials {
  auth::Credential credential;  // with a session
  std::string token;
};

/// What credentials are made with. Refers to its parts.
struct Issuer {
  const auth::SessionTokens& tokens;
  random::Random& random;
  time::Timestamp now;
  /// What access key ids end with, so that they lead to where they were issued.
  std::string_view key_suffix = {};
};

/// The session of a role: it may do what the role may, and its session policies allow.
IssuedCredentials issue_role_session(const Issuer& issuer, const auth::Role& role,
                                     SessionRequest request);

/// Temporary credentials of the user himself.
IssuedCredentials issue_session_token(const Issuer& issuer, const auth::Identity& identity,
                                      SessionRequest request);

/// A federated user, who may do what the user and the session policies allow: without session
/// policies nothing.
IssuedCredentials issue_federation_token(const Issuer& issuer, const auth::Identity& identity,
                                         SessionRequest request);

}  // namespace pail::sts
