#pragma once

#include <string_view>

#include "access/policy.h"
#include "error/s3_error.h"

namespace pail::access {

/// Reads the policy of a role that says who may assume it: it has principals, actions of the
/// Security Token Service ("sts:AssumeRole") and no resource, since it belongs to the role. Fails:
/// MalformedPolicy with a message in IAM's words.
S3Result<Policy> parse_trust_policy(std::string_view text);

/// The statements that are about whom an identity provider vouches for: those whose Federated
/// principal is `provider` ("idp.example.com/realm"), by that name or by the ARN of an
/// oidc-provider. Everybody fits their principals.
Policy trust_in_provider(const Policy& trust, std::string_view provider);

}  // namespace pail::access
