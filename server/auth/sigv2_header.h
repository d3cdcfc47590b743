#pragma once

#include <string_view>

#include "auth/credentials.h"
#include "error/s3_error.h"
#include "protocol/routed_request.h"
#include "time/clock.h"

namespace pail::auth {

/// Whether the Authorization field is one of Signature Version 2: "AWS <access key
/// id>:<signature>".
bool is_sigv2_header(std::string_view authorization);

/// Who signed the request. `authorization` is the field's value. Fails: InvalidArgument (cannot be
/// read), AccessDenied (no date), InvalidAccessKeyId, SignatureDoesNotMatch with StringToSign,
/// RequestTimeTooSkewed.
S3Result<const Credential*> verify_sigv2_header(const protocol::RoutedRequest& request,
                                                std::string_view authorization,
                                                const Credentials& credentials,
                                                time::Timestamp now);

}  // namespace pail::auth
