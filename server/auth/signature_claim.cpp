#include "auth/signature_claim.h"

#include <algorithm>
#include <utility>

#include "text/ascii.h"

namespace pail::auth {
namespace {

constexpr std::string_view kTerminator = "aws4_request";
constexpr std::string_view kStorageService = "s3";

S3Error malformed(ClaimSource source, std::string_view credential, std::string what) {
  if (source == ClaimSource::kForm) {
    return invalid_argument(std::move(what), "X-Amz-Credential", std::string(credential)).error;
  }
  if (source == ClaimSource::kHeader) {
    return {S3ErrorCode::AuthorizationHeaderMalformed,
            "The authorization header is malformed; " + std::move(what)};
  }
  return {S3ErrorCode::AuthorizationQueryParametersError,
          "Error parsing the X-Amz-Credential parameter; " + std::move(what)};
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

/// What every service of AWS but S3 says of a scope that is not its own: everything at once.
std::string scope_complaints(const std::vector<std::string_view>& parts,
                             std::string_view expected_region, std::string_view expected_service) {
  std::string complaints;
  const auto complain = [&complaints](const std::string& what) {
    complaints += (complaints.empty() ? "" : " ") + what;
  };
  if (parts[2] != expected_region) complain("Credential should be scoped to a valid region.");
  if (parts[3] != expected_service) {
    complain("Credential should be scoped to correct service: '" + std::string(expected_service) +
             "'.");
  }
  if (parts[4] != kTerminator) {
    complain("Credential should be scoped with a valid terminator: 'aws4_request', not '" +
             std::string(parts[4]) + "'.");
  }
  return complaints;
}

bool is_day(std::string_view text) {
  return text.size() == 8 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

S3Result<CredentialScope> parse_credential(std::string_view credential, ClaimSource source,
                                           std::string_view expected_region,
                                           std::string_view expected_service) {
  const auto parts = text::split(credential, '/');
  const auto malformed_here = [&](std::string what) {
    return malformed(source, credential, std::move(what));
  };
  if (source == ClaimSource::kForm && parts.size() == 5 && parts[0].empty()) {
    return fail(
        malformed_here("a non-empty Access Key (AKID) must be provided in the credential."));
  }
  if (parts.size() != 5 || parts[0].empty()) {
    return fail(
        malformed_here("the Credential is mal-formed; expecting "
                       "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
  }
  if (expected_service != kStorageService) {
    std::string complaints = scope_complaints(parts, expected_region, expected_service);
    if (!complaints.empty()) {
      return fail(S3ErrorCode::SignatureDoesNotMatch, std::move(complaints));
    }
  }
  if (parts[2] != expected_region) {
    return fail(malformed_here("the region '" + std::string(parts[2]) + "' is wrong; expecting '" +
                               std::string(expected_region) + "'")
                    .with("Region", std::string(expected_region)));
  }
  if (parts[3] != expected_service) {
    return fail(malformed_here("incorrect service " + quoted(parts[3]) +
                               ". This endpoint belongs to " + quoted(expected_service) + "."));
  }
  if (parts[4] != kTerminator) {
    return fail(malformed_here("incorrect terminal " + quoted(parts[4]) +
                               ". This endpoint uses \"aws4_request\"."));
  }
  if (!is_day(parts[1])) {
    return fail(
        malformed_here("incorrect date format " + quoted(parts[1]) +
                       ". This date in the credential must be in the format \"yyyyMMdd\"."));
  }
  return CredentialScope{parts[0], parts[1], parts[2], parts[3]};
}

S3Result<void> check_scope_date(const CredentialScope& scope, std::string_view amz_date,
                                ClaimSource source) {
  const std::string_view day = amz_date.substr(0, 8);
  if (scope.date == day) return {};
  std::string what = "Invalid credential date " + quoted(scope.date) +
                     ". This date is not the same as X-Amz-Date: " + quoted(day) + ".";
  if (source == ClaimSource::kHeader) return fail(malformed(source, {}, std::move(what)));
  return fail(S3ErrorCode::AuthorizationQueryParametersError, std::move(what));
}

std::optional<std::vector<std::string_view>> split_signed_headers(std::string_view list) {
  const auto separators = std::ranges::count(list, ';');
  if (static_cast<std::size_t>(separators) >= kSignedHeadersMost) return std::nullopt;
  return text::split(list, ';');
}

}  // namespace pail::auth
