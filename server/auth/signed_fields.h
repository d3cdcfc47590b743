#pragma once

#include <span>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"

namespace pail::auth {

/// Whether SignedHeaders names the field.
bool is_signed_field(std::span<const std::string_view> signed_names, std::string_view name);

/// AWS wants Host and every x-amz-* field that is present to be signed, in presigned requests too.
/// x-amz-content-sha256 is exempt: it stands in the canonical request by itself. Fails:
/// AccessDenied with HeadersNotSigned.
S3Result<void> check_signed_fields(const http::HeaderMap& headers,
                                   std::span<const std::string_view> signed_names);

}  // namespace pail::auth
