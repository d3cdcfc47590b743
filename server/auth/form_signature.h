#pragma once

#include <string>
#include <string_view>

#include "auth/credentials.h"
#include "auth/sigv4.h"
#include "error/s3_error.h"
#include "protocol/form_fields.h"

namespace pail::auth {

/// Who signed the policy of a form: with Signature Version 4 (x-amz-algorithm, -credential, -date,
/// -signature) or, if `accepts_v2`, Version 2 (AWSAccessKeyId, signature). Nullptr: nobody. What
/// the policy says is not looked at. Fails as AWS was recorded to: InvalidArgument (a field of the
/// signature is missing or wrong), InvalidRequest (Version 2 is switched off), InvalidAccessKeyId,
/// SignatureDoesNotMatch with the policy as StringToSign.
S3Result<const Credential*> verify_form_signature(const protocol::FormFields& fields,
                                                  const Credentials& credentials, SigningKeys& keys,
                                                  std::string_view region, bool accepts_v2);

}  // namespace pail::auth
