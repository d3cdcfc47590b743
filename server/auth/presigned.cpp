#include "auth/presigned.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::chrono::minutes kPresignedSkewMost{15};

// X-Amz-Date alone says nothing: some clients put it into the query of unsigned requests.
constexpr std::array<std::string_view, 5> kTellTales = {"X-Amz-Algorithm", "X-Amz-Credential",
                                                        "X-Amz-Signature", "X-Amz-SignedHeaders",
                                                        "X-Amz-Expires"};

Unexpected<S3Error> refuse(std::string message) {
  return fail(S3ErrorCode::AuthorizationQueryParametersError, std::move(message));
}

std::string iso_seconds(time::Timestamp time) {
  std::string text = time::format_iso8601(time);
  return text.substr(0, text.find('.')) + "Z";
}

struct Parameters {
  std::string_view algorithm, credential, date, expires, signed_headers, signature;

  [[nodiscard]] bool complete() const {
    return !algorithm.empty() && !credential.empty() && !date.empty() && !expires.empty() &&
           !signed_headers.empty() && !signature.empty();
  }
};

Parameters collect(const protocol::Query& query) {
  Parameters parameters;
  const std::array<std::pair<std::string_view, std::string_view*>, 6> wanted = {{
      {"X-Amz-Algorithm", &parameters.algorithm},
      {"X-Amz-Credential", &parameters.credential},
      {"X-Amz-Date", &parameters.date},
      {"X-Amz-Expires", &parameters.expires},
      {"X-Amz-SignedHeaders", &parameters.signed_headers},
      {"X-Amz-Signature", &parameters.signature},
  }};
  for (const auto& given : query.parameters()) {
    for (const auto& [name, value] : wanted) {
      if (value->empty() && text::equals_ignore_case(given.name, name)) *value = given.value;
    }
  }
  return parameters;
}

S3Result<std::uint64_t> parse_expires(std::string_view text) {
  const auto seconds = text::parse_signed_decimal(text);
  if (!seconds) return refuse("X-Amz-Expires should be a number");
  if (*seconds < 0) return refuse("X-Amz-Expires must be non-negative");
  const auto expires_s = static_cast<std::uint64_t>(*seconds);
  if (expires_s > kPresignedSecondsMost) {
    return refuse(
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
        "must be less than 604800 seconds");
  }
  return expires_s;
}

S3Result<void> check_algorithm(std::string_view algorithm) {
  if (algorithm == "AWS4-HMAC-SHA256") return {};
  if (algorithm == "AWS4-ECDSA-P256-SHA256") {
    return fail(S3Error(S3ErrorCode::NotImplemented)
                    .because("SigV4a (AWS4-ECDSA-P256-SHA256) is not supported; sign with SigV4"));
  }
  return refuse("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
}

}  // namespace

std::optional<std::string_view> find_presigned_parameter(const protocol::Query& query,
                                                         std::string_view name) {
  for (const auto& parameter : query.parameters()) {
    if (text::equals_ignore_case(parameter.name, name)) return parameter.value;
  }
  return std::nullopt;
}

bool is_presigned(const protocol::Query& query) {
  return std::ranges::any_of(kTellTales, [&](std::string_view name) {
    return find_presigned_parameter(query, name).has_value();
  });
}

S3Result<SignatureClaim> parse_presigned(const protocol::Query& query, std::string_view region,
                                         std::string_view service) {
  const Parameters parameters = collect(query);
  if (!parameters.complete()) return fail(S3ErrorCode::AuthorizationQueryParametersError);
  PAIL_CHECK(check_algorithm(parameters.algorithm));
  SignatureClaim claim;
  claim.source = ClaimSource::kQuery;
  PAIL_TRY(claim.scope, parse_credential(parameters.credential, claim.source, region, service));
  const auto time = time::parse_amz_date(parameters.date);
  if (!time) {
    return refuse("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  claim.time = *time;
  claim.amz_date = parameters.date;
  PAIL_CHECK(check_scope_date(claim.scope, claim.amz_date, claim.source));
  PAIL_TRY(claim.expires_s, parse_expires(parameters.expires));
  claim.signed_headers = parameters.signed_headers;
  claim.signature = parameters.signature;
  auto names = split_signed_headers(claim.signed_headers);
  if (!names) return fail(S3ErrorCode::AuthorizationQueryParametersError);
  claim.signed_names = std::move(*names);
  return claim;
}

S3Result<void> check_presigned_time(const SignatureClaim& claim, time::Timestamp signed_at,
                                    time::Timestamp now) {
  const time::Timestamp end = signed_at + std::chrono::seconds(claim.expires_s);
  if (now < signed_at - kPresignedSkewMost) {
    return fail(S3Error(S3ErrorCode::AccessDenied, "Request is not yet valid")
                    .with("X-Amz-Date", std::to_string(claim.time.time_since_epoch().count()))
                    .with("Expires", iso_seconds(end))
                    .with("ServerTime", iso_seconds(now))
                    .because("the URL was signed for a later time: compare the clocks"));
  }
  if (now > end || claim.expires_s == 0) {
    return fail(S3Error(S3ErrorCode::AccessDenied, "Request has expired")
                    .with("X-Amz-Expires", std::to_string(claim.expires_s))
                    .with("Expires", iso_seconds(end))
                    .with("ServerTime", iso_seconds(now)));
  }
  return {};
}

}  // namespace pail::auth
