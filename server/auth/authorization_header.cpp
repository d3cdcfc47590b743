#include "auth/authorization_header.h"

#include <optional>
#include <string>
#include <utility>

#include "auth/sigv2.h"
#include "error/try.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::string_view kSigv4Scheme = "AWS4-HMAC-SHA256";
constexpr std::string_view kAsymmetricAlgorithm = "AWS4-ECDSA-P256-SHA256";

struct Components {
  std::optional<std::string_view> credential;
  std::optional<std::string_view> signed_headers;
  std::optional<std::string_view> signature;
};

Components split_components(std::string_view list) {
  Components components;
  for (const std::string_view part : text::split(list, ',')) {
    const std::string_view pair = text::trim(part);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = pair.substr(0, equals);
    const std::string_view value = pair.substr(equals + 1);
    if (name == "Credential") components.credential = value;
    if (name == "SignedHeaders") components.signed_headers = value;
    if (name == "Signature") components.signature = value;
  }
  return components;
}

/// What follows the scheme, if the scheme is one that pail checks.
S3Result<std::string_view> after_scheme(std::string_view authorization) {
  const std::string_view value = text::trim(authorization);
  const auto space = value.find_first_of(" \t");
  const std::string_view scheme = value.substr(0, space);
  if (scheme == "AWS") return fail(sigv2_not_supported());
  if (scheme == kAsymmetricAlgorithm) {
    return fail(S3Error(S3ErrorCode::NotImplemented)
                    .with("Header", "Authorization")
                    .because("SigV4a (AWS4-ECDSA-P256-SHA256) is not supported; sign with SigV4"));
  }
  if (space == std::string_view::npos) {
    return invalid_argument(
        "Authorization header is invalid -- one and only one ' ' (space) required", "Authorization",
        std::string(authorization));
  }
  if (scheme != kSigv4Scheme) {
    return invalid_argument("Unsupported Authorization Type", "Authorization",
                            std::string(authorization));
  }
  return value.substr(space + 1);
}

/// Fills amz_date and time.
S3Result<void> read_date(const http::HeaderMap& headers, SignatureClaim& claim) {
  if (const auto amz_date = headers.find("x-amz-date")) {
    if (const auto time = time::parse_amz_date(*amz_date)) {
      claim.amz_date = *amz_date;
      claim.time = *time;
      return {};
    }
    // An HTTP date is taken here too.
    if (const auto time = time::parse_http_date(*amz_date)) {
      claim.amz_date = time::format_amz_date(*time);
      claim.time = *time;
      return {};
    }
  } else if (const auto date = headers.find("Date")) {
    auto time = time::parse_amz_date(*date);
    if (!time) time = time::parse_http_date(*date);
    if (time) {
      claim.amz_date = time::format_amz_date(*time);
      claim.time = *time;
      return {};
    }
  }
  return fail(S3ErrorCode::AccessDenied,
              "AWS authentication requires a valid Date or x-amz-date header");
}

}  // namespace

S3Result<SignatureClaim> parse_authorization_header(std::string_view authorization,
                                                    const http::HeaderMap& headers,
                                                    std::string_view region,
                                                    std::string_view service) {
  PAIL_TRY(const std::string_view list, after_scheme(authorization));
  const Components components = split_components(list);
  if (!components.credential || !components.signed_headers || !components.signature) {
    return fail(S3ErrorCode::AuthorizationHeaderMalformed);
  }
  SignatureClaim claim;
  claim.source = ClaimSource::kHeader;
  PAIL_TRY(claim.scope, parse_credential(*components.credential, claim.source, region, service));
  claim.signed_headers = *components.signed_headers;
  claim.signature = *components.signature;
  auto names = split_signed_headers(claim.signed_headers);
  if (!names) return fail(S3ErrorCode::AuthorizationHeaderMalformed);
  claim.signed_names = std::move(*names);
  PAIL_CHECK(read_date(headers, claim));
  PAIL_CHECK(check_scope_date(claim.scope, claim.amz_date, claim.source));
  return claim;
}

}  // namespace pail::auth
