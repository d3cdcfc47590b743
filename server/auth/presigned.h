#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "auth/signature_claim.h"
#include "error/s3_error.h"
#include "protocol/query.h"

namespace pail::auth {

/// The longest that a presigned URL may hold: 7 days.
inline constexpr std::uint64_t kPresignedSecondsMost = 604800;

/// Whether the query carries any of what a presigned URL (Signature Version 4) consists of.
bool is_presigned(const protocol::Query& query);

/// The value of the first parameter of that name, ignoring case: AWS reads the X-Amz- parameters
/// so.
std::optional<std::string_view> find_presigned_parameter(const protocol::Query& query,
                                                         std::string_view name);

/// Reads the X-Amz- parameters. `query` outlives the claim. Fails:
/// AuthorizationQueryParametersError with AWS's message for each way to be wrong; NotImplemented
/// for SigV4a.
S3Result<SignatureClaim> parse_presigned(const protocol::Query& query, std::string_view region,
                                         std::string_view service = "s3");

/// Whether a URL that was signed at `signed_at` holds at `now`, both by the server's clock: 15
/// minutes of skew are allowed before its date. Fails:
/// AccessDenied "Request has expired" or "Request is not yet valid".
S3Result<void> check_presigned_time(const SignatureClaim& claim, time::Timestamp signed_at,
                                    time::Timestamp now);

}  // namespace pail::auth
