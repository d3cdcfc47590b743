#include "auth/sigv2_query.h"

#include <chrono>
#include <utility>

#include "auth/mismatch.h"
#include "auth/sigv2.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::string_view kAccessKeyId = "AWSAccessKeyId";
constexpr std::string_view kSignature = "Signature";
constexpr std::string_view kExpires = "Expires";

std::string_view header_or_parameter(const protocol::RoutedRequest& request,
                                     std::string_view name) {
  if (const auto field = request.http.headers.find(name)) return *field;
  for (const auto& parameter : request.query.parameters()) {
    if (text::equals_ignore_case(parameter.name, name)) return parameter.value;
  }
  return {};
}

/// What the signer moved into the query counts as a header; a header wins.
Sigv2Fields fields_of(const protocol::RoutedRequest& request) {
  Sigv2Fields fields = sigv2_fields(request.http.headers);
  Sigv2Fields hoisted;
  for (const auto& parameter : request.query.parameters()) {
    std::string name = text::to_lower(parameter.name);
    if (name.starts_with("x-amz-")) hoisted[std::move(name)] = parameter.value;
  }
  fields.merge(std::move(hoisted));
  return fields;
}

S3Result<time::Timestamp> parse_sigv2_expires(std::string_view expires) {
  constexpr std::uint64_t kSecondsMost = 253'402'300'799;  // the year 9999
  const auto seconds = text::parse_decimal(expires);
  if (!seconds || *seconds > kSecondsMost) {
    return fail(S3ErrorCode::AccessDenied,
                "Invalid date (should be seconds since epoch): " + std::string(expires));
  }
  return time::Timestamp(std::chrono::seconds(*seconds));
}

}  // namespace

bool is_sigv2_query(const protocol::Query& query) {
  return query.contains(kAccessKeyId) || query.contains(kSignature);
}

std::string sigv2_query_string_to_sign(const protocol::RoutedRequest& request,
                                       std::string_view expires) {
  return sigv2_string_to_sign({request.http.method, header_or_parameter(request, "Content-MD5"),
                               header_or_parameter(request, "Content-Type"), expires,
                               fields_of(request), sigv2_resource(request)});
}

S3Result<const Credential*> verify_sigv2_query(const protocol::RoutedRequest& request,
                                               const Credentials& credentials,
                                               time::Timestamp now) {
  const auto access_key_id = request.query.find(kAccessKeyId);
  const auto signature = request.query.find(kSignature);
  const auto expires = request.query.find(kExpires);
  if (!access_key_id || !signature || !expires) {
    return fail(S3ErrorCode::AccessDenied,
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
                "parameters");
  }
  auto expiry = parse_sigv2_expires(*expires);
  if (!expiry) return fail(std::move(expiry).error());
  if (*expiry < now) {
    return fail(S3Error(S3ErrorCode::AccessDenied, "Request has expired")
                    .with("Expires", time::format_iso8601(*expiry))
                    .with("ServerTime", time::format_iso8601(now)));
  }
  const Credential* credential = credentials.find(*access_key_id);
  if (!credential) {
    return fail(S3Error(S3ErrorCode::InvalidAccessKeyId)
                    .with("AWSAccessKeyId", std::string(*access_key_id)));
  }
  const std::string to_sign = sigv2_query_string_to_sign(request, *expires);
  const std::string expected = sigv2_signature(credential->secret_access_key, to_sign);
  if (!text::constant_time_equals(expected, *signature)) {
    return fail(
        signature_does_not_match(*access_key_id, to_sign, *signature)
            .because("a presigned URL of Signature Version 2 was signed with another secret, for "
                     "another path, or the request has a Content-Type or x-amz-* header that was "
                     "not signed"));
  }
  return credential;
}

}  // namespace pail::auth
