#pragma once

#include <map>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "protocol/routed_request.h"

// Signature Version 2: an HMAC-SHA1 over a few lines of the request.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
namespace pail::auth {

/// x-amz-* fields by name in lower case, sorted.
using Sigv2Fields = std::map<std::string, std::string, std::less<>>;

/// Those of a request; several of one name are joined by a comma.
Sigv2Fields sigv2_fields(const http::HeaderMap& headers);

/// Which sub-resources are signed: clients do not agree about the newer ones.
enum class SubResources { kAll, kAsBotocore };

/// Bucket, path as it was sent (a bucket ends with a slash), and the sub-resources of the query,
/// sorted.
std::string sigv2_resource(const protocol::RoutedRequest& request,
                           SubResources which = SubResources::kAll);

/// What goes into the text that is signed. Views, but for what was made; a value.
struct Sigv2Input {
  std::string_view method;
  std::string_view content_md5;
  std::string_view content_type;
  std::string_view date;  // of a presigned URL: when it expires
  Sigv2Fields fields;
  std::string resource;
};

std::string sigv2_string_to_sign(const Sigv2Input& input);

/// Base64.
std::string sigv2_signature(std::string_view secret_access_key, std::string_view text);

/// The answer to such a signature where it is switched off, as AWS gives it in its newer regions.
S3Error sigv2_not_supported();

}  // namespace pail::auth
