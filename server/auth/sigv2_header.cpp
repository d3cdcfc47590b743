#include "auth/sigv2_header.h"

#include <optional>
#include <string>

#include "auth/clock_skew.h"
#include "auth/mismatch.h"
#include "auth/sigv2.h"
#include "error/try.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::string_view kSigv2Scheme = "AWS";

struct Claim {
  std::string_view access_key_id;
  std::string_view signature;
};

S3Result<Claim> parse_claim(std::string_view authorization) {
  const auto parts = text::split(text::trim(authorization), ' ');
  if (parts.size() != 2) {
    return invalid_argument(
        "Authorization header is invalid -- one and only one ' ' (space) required", "Authorization",
        std::string(authorization));
  }
  const auto halves = text::split(parts[1], ':');
  if (halves.size() != 2 || halves[0].empty() || halves[1].empty()) {
    return invalid_argument(
        "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "Authorization",
        std::string(authorization));
  }
  return Claim{halves[0], halves[1]};
}

/// An HTTP date, also with the "+0000" that clients of those days wrote for GMT.
std::optional<time::Timestamp> parse_date(std::string_view text) {
  constexpr std::string_view kZeroOffset = " +0000";
  if (const auto time = time::parse_amz_date(text)) return time;
  if (!text.ends_with(kZeroOffset)) return time::parse_http_date(text);
  return time::parse_http_date(std::string(text.substr(0, text.size() - kZeroOffset.size())) +
                               " GMT");
}

std::string string_to_sign(const protocol::RoutedRequest& request, SubResources which) {
  const http::HeaderMap& headers = request.http.headers;
  const auto value = [&headers](std::string_view name) {
    return text::trim(headers.find(name).value_or(""));
  };
  // x-amz-date stands among the fields already.
  const bool has_amz_date = headers.contains("x-amz-date");
  return sigv2_string_to_sign({request.http.method, value("Content-MD5"), value("Content-Type"),
                               has_amz_date ? std::string_view() : value("Date"),
                               sigv2_fields(headers), sigv2_resource(request, which)});
}

}  // namespace

bool is_sigv2_header(std::string_view authorization) {
  const std::string_view value = text::trim(authorization);
  return value.substr(0, value.find(' ')) == kSigv2Scheme;
}

S3Result<const Credential*> verify_sigv2_header(const protocol::RoutedRequest& request,
                                                std::string_view authorization,
                                                const Credentials& credentials,
                                                time::Timestamp now) {
  PAIL_TRY(const Claim claim, parse_claim(authorization));
  const http::HeaderMap& headers = request.http.headers;
  const auto sent = headers.find(headers.contains("x-amz-date") ? "x-amz-date" : "Date");
  const auto time = parse_date(text::trim(sent.value_or("")));
  if (!time) {
    return fail(S3ErrorCode::AccessDenied,
                "AWS authentication requires a valid Date or x-amz-date header");
  }
  const Credential* credential = credentials.find(claim.access_key_id);
  if (!credential) {
    return fail(S3Error(S3ErrorCode::InvalidAccessKeyId)
                    .with("AWSAccessKeyId", std::string(claim.access_key_id)));
  }
  const std::string to_sign = string_to_sign(request, SubResources::kAll);
  const auto matches = [&](std::string_view text) {
    return text::constant_time_equals(sigv2_signature(credential->secret_access_key, text),
                                      claim.signature);
  };
  if (!matches(to_sign) && !matches(string_to_sign(request, SubResources::kAsBotocore))) {
    return fail(signature_does_not_match(claim.access_key_id, to_sign, claim.signature)
                    .because("the request was signed (Signature Version 2) with another secret, or "
                             "changed on its way"));
  }
  PAIL_CHECK(check_clock_skew(*time, *sent, now));
  return credential;
}

}  // namespace pail::auth
