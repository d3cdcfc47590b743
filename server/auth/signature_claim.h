#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "time/clock.h"

namespace pail::auth {

/// Where a signature stands; AWS words its errors accordingly.
enum class ClaimSource { kHeader, kQuery, kForm };

/// "AKID/20130524/us-east-1/s3/aws4_request", taken apart. Views into the request.
struct CredentialScope {
  std::string_view access_key_id;
  std::string_view date;  // yyyyMMdd
  std::string_view region;
  std::string_view service = "s3";
};

/// What a request says about its own signature, in well-formed words but not yet proven. Views into
/// the request. A value.
struct SignatureClaim {
  ClaimSource source = ClaimSource::kHeader;
  CredentialScope scope;
  std::string_view signed_headers;  // as it was sent: "host;x-amz-date"
  std::vector<std::string_view> signed_names;
  std::string_view signature;
  std::string amz_date;  // "20130524T000000Z"
  time::Timestamp time;
  /// Of a presigned URL: for how long it holds, from `time` on.
  std::uint64_t expires_s = 0;
};

/// More names in SignedHeaders than any request may have header fields are refused.
inline constexpr std::size_t kSignedHeadersMost = 256;

/// Takes a Credential apart and checks all of its scope that does not depend on the time. A wrong
/// region wins over a wrong service, as AWS answers. Fails: AuthorizationHeaderMalformed,
/// AuthorizationQueryParametersError or, in a form, InvalidArgument; with Region if it is the
/// region that is wrong.
S3Result<CredentialScope> parse_credential(std::string_view credential, ClaimSource source,
                                           std::string_view expected_region,
                                           std::string_view expected_service = "s3");

/// Whether the scope was made for the day of the request; not asked of forms. Fails as
/// parse_credential().
S3Result<void> check_scope_date(const CredentialScope& scope, std::string_view amz_date,
                                ClaimSource source);

/// The names in SignedHeaders; nothing if there are too many.
std::optional<std::vector<std::string_view>> split_signed_headers(std::string_view list);

}  // namespace pail::auth
