#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/authenticated_request.h"
#include "auth/credentials.h"
#include "auth/identity_provider.h"
#include "auth/mismatch_diagnosis.h"
#include "auth/session_tokens.h"
#include "error/s3_error.h"
#include "protocol/routed_request.h"
#include "protocol/server_names.h"
#include "time/clock.h"

namespace pail::auth {

struct AuthenticatorOptions {
  std::string region = "us-east-1";
  protocol::ServerNames names;
  /// Host values besides the one sent are tried when a signature does not match: see
  /// accepted_hosts().
  bool strict_host = false;
  /// Ports under which this server is reached, for those host values.
  std::vector<std::uint16_t> ports;
  /// Whether Signature Version 2 is taken in the Authorization field and in forms. Presigned URLs
  /// of that version are always taken.
  bool accepts_sigv2 = false;
  /// Opens the tokens of temporary credentials; nullptr: there are none.
  std::shared_ptr<const SessionTokens> sessions = nullptr;
  /// Who may say who somebody is.
  IdentityProviders providers = {};
};

/// Proves who sent a request: SigV4 in the header, in the query or in a form, SigV2, or nobody.
/// Thread-safe.
class Authenticator {
 public:
  /// `clock` outlives the authenticator.
  Authenticator(Credentials credentials, AuthenticatorOptions options, const time::Clock& clock);
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;
  ~Authenticator();

  /// Fails with AWS's own code for each way to be wrong: AccessDenied,
  /// AuthorizationHeaderMalformed, AuthorizationQueryParametersError, ExpiredToken,
  /// InvalidAccessKeyId, InvalidToken, RequestTimeTooSkewed, SignatureDoesNotMatch,
  /// InvalidArgument, MissingSecurityHeader, MissingContentLength; of a form also
  /// InvalidPolicyDocument and InvalidRequest; of an action of the Security Token Service also
  /// MissingAuthenticationToken, InvalidIdentityToken and ExpiredTokenException. Reads no body
  /// byte: what the body proves is proven while it is read. `request` outlives the result.
  S3Result<AuthenticatedRequest> authenticate(const protocol::RoutedRequest& request) const;

  /// Of a request that authenticate() refused with SignatureDoesNotMatch: what the client did
  /// otherwise. Nothing for signatures that have no canonical request (Version 2, forms).
  [[nodiscard]] std::optional<SignatureDiagnosis> diagnose(const protocol::RoutedRequest& request,
                                                           const S3Error& error) const;

 private:
  S3Result<AuthenticatedRequest> authenticate_form(const protocol::RoutedRequest& request) const;
  S3Result<AuthenticatedRequest> authenticate_action(const protocol::RoutedRequest& request) const;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pail::auth
