#pragma once

#include <memory>
#include <utility>

#include "auth/identity.h"
#include "http/body_reader.h"
#include "protocol/routed_request.h"

namespace pail::auth {

class Authenticator;

enum class AuthenticationKind { kAnonymous, kHeader, kQuery, kForm };

/// A request whose sender is proven. Only the Authenticator makes one.
class AuthenticatedRequest {
 public:
  [[nodiscard]] const protocol::RoutedRequest& routed() const { return *routed_; }
  [[nodiscard]] const Identity& identity() const { return *identity_; }
  [[nodiscard]] AuthenticationKind kind() const { return kind_; }
  /// The decoded body: aws-chunked framing removed, chunk signatures and payload hash verified as
  /// it is read.
  [[nodiscard]] http::BodyReader& body() const { return *body_; }

 private:
  friend class Authenticator;
  AuthenticatedRequest(const protocol::RoutedRequest& routed, Identity identity,
                       AuthenticationKind kind, std::unique_ptr<http::BodyReader> body)
      : routed_(&routed),
        identity_(std::make_unique<const Identity>(std::move(identity))),
        kind_(kind),
        body_(std::move(body)) {}

  const protocol::RoutedRequest* routed_;
  /// Lies apart, since the request is handed on several times.
  std::unique_ptr<const Identity> identity_;
  AuthenticationKind kind_;
  std::unique_ptr<http::BodyReader> body_;
};

}  // namespace pail::auth
