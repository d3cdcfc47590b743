#pragma once

#include <string_view>

#include "auth/signature_claim.h"
#include "error/s3_error.h"
#include "http/header_map.h"

namespace pail::auth {

/// Reads "AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=..." and the date of the
/// request (x-amz-date, else Date). `authorization` is the field's value, part of `headers`, which
/// outlive the claim. Fails: AuthorizationHeaderMalformed; InvalidArgument for an unknown scheme;
/// InvalidRequest for Signature Version 2; NotImplemented for SigV4a; AccessDenied without a date.
S3Result<SignatureClaim> parse_authorization_header(std::string_view authorization,
                                                    const http::HeaderMap& headers,
                                                    std::string_view region,
                                                    std::string_view service = "s3");

}  // namespace pail::auth
