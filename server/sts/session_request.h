#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/directory.h"
#include "error/s3_error.h"
#include "model/object.h"
#include "protocol/action_form.h"

namespace pail::sts {

/// What is asked for when temporary credentials are. Only what the action takes is filled. A value.
struct SessionRequest {
  std::string role_arn;
  /// Of a role session or of a federated user.
  std::string name;
  std::string source_identity;
  std::chrono::seconds duration{0};
  /// Session policies, checked.
  std::vector<std::string> policies;
  /// ARNs of further ones, which resolve_policies() looks up.
  std::vector<std::string> policy_arns;
  std::vector<model::NamedValue> tags;
  /// How much of what AWS allots policies and tags take; nothing: there are none.
  std::optional<unsigned> packed_percent;
};

// Each fails: ValidationError in AWS's words, naming every constraint that does not hold;
// MalformedPolicyDocument.

S3Result<SessionRequest> parse_assume_role(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_assume_role_with_web_identity(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_get_session_token(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_get_federation_token(const protocol::ActionForm& form);

/// Puts the managed policies that a request names among its policies, and weighs all. Fails:
/// ValidationError (no such policy), PackedPolicyTooLarge.
S3Result<void> resolve_policies(const auth::Directory& directory, SessionRequest& request);

}  // namespace pail::sts
