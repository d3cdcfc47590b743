#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "auth/signature_claim.h"
#include "auth/sigv4.h"
#include "protocol/routed_request.h"

namespace pail::auth {

/// What is known of a signature that does not match. Views.
struct FailedMatch {
  const protocol::RoutedRequest& request;
  const SignatureClaim& claim;
  const CanonicalInput& input;
  const SigningKey& key;
  bool host_is_own = false;
};

/// One sentence for people: what the client seems to have signed instead, found by trying the usual
/// mistakes. Contains no secret and no signature; for the log only, since it would help a forger.
std::string explain_mismatch(const FailedMatch& match);

}  // namespace pail::auth
