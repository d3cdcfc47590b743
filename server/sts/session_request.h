#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

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
  std::vector<model::NamedValue> tags;
};

// Each fails: ValidationError in AWS's words, naming every constraint that does not hold;
// MalformedPolicyDocument; PackedPolicyTooLarge (more than 2048 characters of policy).

S3Result<SessionRequest> parse_assume_role(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_assume_role_with_web_identity(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_get_session_token(const protocol::ActionForm& form);
S3Result<SessionRequest> parse_get_federation_token(const protocol::ActionForm& form);

}  // namespace pail::sts
