#pragma once

#include "access/policy.h"

namespace pail::access {

/// Whether a bucket policy is public, as Block Public Access and GetBucketPolicyStatus mean it: it
/// allows something to everybody without a condition that keeps senders to fixed values of one of
/// the keys that AWS lists ("The meaning of public" in S3's user guide). A Deny never makes a
/// policy less public.
bool is_public(const Policy& policy);

}  // namespace pail::access
