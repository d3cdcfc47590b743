#include "auth/sigv2_query.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include "checksum/digest.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/decimal.h"
#include "text/hex.h"
#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::string_view kAccessKeyId = "AWSAccessKeyId";
constexpr std::string_view kSignature = "Signature";
constexpr std::string_view kExpires = "Expires";

/// The query parameters that belong to the resource and so to the signature.
constexpr auto kSignedParameters = std::to_array<std::string_view>({
    "accelerate",
    "acl",
    "analytics",
    "cors",
    "delete",
    "encryption",
    "inventory",
    "legal-hold",
    "lifecycle",
    "location",
    "logging",
    "metrics",
    "notification",
    "object-lock",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "retention",
    "select",
    "select-type",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
});

std::string_view header_or_parameter(const protocol::RoutedRequest& request,
                                     std::string_view name) {
  if (const auto field = request.http.headers.find(name)) return *field;
  for (const auto& parameter : request.query.parameters()) {
    if (text::equals_ignore_case(parameter.name, name)) return parameter.value;
  }
  return {};
}

/// "x-amz-acl:private\n…": sorted, lower case, several values of a field joined by a comma.
std::string canonical_amz_fields(const protocol::RoutedRequest& request) {
  std::map<std::string, std::string> fields;
  for (const auto& parameter : request.query.parameters()) {
    const std::string name = text::to_lower(parameter.name);
    if (name.starts_with("x-amz-")) fields[name] = parameter.value;
  }
  std::map<std::string, std::string> sent;
  for (const http::Header& header : request.http.headers) {
    const std::string name = text::to_lower(header.name);
    if (!name.starts_with("x-amz-")) continue;
    auto [at, is_new] = sent.try_emplace(name, text::trim(header.value));
    if (!is_new) at->second += "," + std::string(text::trim(header.value));
  }
  for (auto& [name, value] : sent) fields[name] = std::move(value);
  std::string canonical;
  for (const auto& [name, value] : fields) {
    canonical.append(name).append(1, ':').append(value).append(1, '\n');
  }
  return canonical;
}

std::string canonical_resource(const protocol::RoutedRequest& request) {
  std::string resource;
  if (request.address.style != protocol::AddressStyle::kPath)
    resource = "/" + request.address.bucket;
  resource += request.raw_path;
  std::vector<std::string> parameters;
  for (const auto& parameter : request.query.parameters()) {
    if (!std::ranges::binary_search(kSignedParameters, parameter.name)) continue;
    parameters.push_back(parameter.has_value ? parameter.name + "=" + parameter.value
                                             : parameter.name);
  }
  std::ranges::sort(parameters);
  char separator = '?';
  for (const std::string& parameter : parameters) {
    resource.append(1, separator).append(parameter);
    separator = '&';
  }
  return resource;
}

/// "47 45 54": the bytes of a text as AWS shows them beside it.
std::string spaced_hex(std::string_view text) {
  const std::string hex = text::hex_encode(text::as_bytes(text));
  std::string spaced;
  spaced.reserve(hex.size() * 3 / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    if (i > 0) spaced += ' ';
    spaced.append(hex, i, 2);
  }
  return spaced;
}

S3Result<time::Timestamp> parse_expires(std::string_view expires) {
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

std::string sigv2_string_to_sign(const protocol::RoutedRequest& request, std::string_view expires) {
  std::string text = request.http.method;
  text += '\n';
  text += header_or_parameter(request, "Content-MD5");
  text += '\n';
  text += header_or_parameter(request, "Content-Type");
  text += '\n';
  text += expires;
  text += '\n';
  return text + canonical_amz_fields(request) + canonical_resource(request);
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
  auto expiry = parse_expires(*expires);
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
  const std::string to_sign = sigv2_string_to_sign(request, *expires);
  const std::string expected = text::base64_encode(
      checksum::hmac_sha1(text::as_bytes(credential->secret_access_key), to_sign));
  if (!text::constant_time_equals(expected, *signature)) {
    return fail(
        S3Error(S3ErrorCode::SignatureDoesNotMatch)
            .with("AWSAccessKeyId", std::string(*access_key_id))
            .with("StringToSign", to_sign)
            .with("SignatureProvided", std::string(*signature))
            .with("StringToSignBytes", spaced_hex(to_sign))
            .because("a presigned URL of Signature Version 2 was signed with another secret, for "
                     "another path, or the request has a Content-Type or x-amz-* header that was "
                     "not signed"));
  }
  return credential;
}

}  // namespace pail::auth
