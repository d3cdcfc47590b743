#include "auth/sigv2.h"

#include <algorithm>
#include <array>
#include <vector>

#include "checksum/digest.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::auth {
namespace {

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

/// Those of them that botocore does not sign.
constexpr auto kNewerParameters = std::to_array<std::string_view>(
    {"encryption", "legal-hold", "policyStatus", "publicAccessBlock", "retention"});

bool is_signed(std::string_view name, SubResources which) {
  return std::ranges::binary_search(kSignedParameters, name) &&
         (which == SubResources::kAll || !std::ranges::binary_search(kNewerParameters, name));
}

}  // namespace

Sigv2Fields sigv2_fields(const http::HeaderMap& headers) {
  Sigv2Fields fields;
  for (const http::Header& header : headers) {
    const std::string name = text::to_lower(header.name);
    if (!name.starts_with("x-amz-")) continue;
    auto [at, is_new] = fields.try_emplace(name, text::trim(header.value));
    if (!is_new) at->second += "," + std::string(text::trim(header.value));
  }
  return fields;
}

std::string sigv2_resource(const protocol::RoutedRequest& request, SubResources which) {
  std::string resource;
  if (request.address.style != protocol::AddressStyle::kPath)
    resource = "/" + request.address.bucket;
  resource += request.raw_path;
  if (request.address.target == protocol::Target::kBucket && !resource.ends_with('/'))
    resource += '/';
  std::vector<std::string> parameters;
  for (const auto& parameter : request.query.parameters()) {
    if (!is_signed(parameter.name, which)) continue;
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

std::string sigv2_string_to_sign(const Sigv2Input& input) {
  std::string text;
  for (const std::string_view line :
       {input.method, input.content_md5, input.content_type, input.date}) {
    text.append(line).append(1, '\n');
  }
  for (const auto& [name, value] : input.fields)
    text.append(name).append(1, ':').append(value).append(1, '\n');
  return text + input.resource;
}

std::string sigv2_signature(std::string_view secret_access_key, std::string_view text) {
  return text::base64_encode(checksum::hmac_sha1(text::as_bytes(secret_access_key), text));
}

S3Error sigv2_not_supported() {
  return S3Error(S3ErrorCode::InvalidRequest,
                 "The authorization mechanism you have provided is not supported. Please use "
                 "AWS4-HMAC-SHA256.")
      .because(
          "Signature Version 2 is switched off: sign with Version 4, or start pail with "
          "--sigv2");
}

}  // namespace pail::auth
