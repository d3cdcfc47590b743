#pragma once

#include "access/sender_policies.h"
#include "auth/directory.h"
#include "auth/identity.h"
#include "error/s3_error.h"
#include "protocol/routed_request.h"

namespace pail::access {

/// Everything that a decision about the Security Token Service is made from. `request` has an
/// action form.
struct ActionCase {
  const protocol::RoutedRequest& request;
  const auth::Identity& identity;
  const SenderPolicyBook& policies;
  const auth::Directory& directory;
};

/// As AWS decides. Everybody may ask who he is. A role is assumed by whom its trust policy lets: if
/// that names only his account, or if he is of another account, his own policies have to let him as
/// well; a role without trust policy is open to its account in the same way. Session tags and
/// source identities are actions of their own. Temporary credentials get no further session and
/// federation tokens. Fails: AccessDenied with the message of the Security Token Service, also for
/// roles that do not exist.
S3Result<void> authorize_action(const ActionCase& about);

}  // namespace pail::access
