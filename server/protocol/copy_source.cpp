#include "protocol/copy_source.h"

#include <algorithm>

#include "protocol/address.h"
#include "text/ascii.h"
#include "text/percent.h"
#include "text/utf8.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kVersionMarker = "?versionId=";

/// AWS was recorded to show the name of the header where the value belongs.
Unexpected<S3Error> invalid_copy_source(const char* message) {
  return invalid_argument(message, "x-amz-copy-source", "x-amz-copy-source");
}

}  // namespace

S3Result<CopySource> parse_copy_source(std::string_view field) {
  field = text::trim(field);
  CopySource source;
  const auto version_at = field.rfind(kVersionMarker);
  if (version_at != std::string_view::npos) {
    auto version = text::percent_decode(field.substr(version_at + kVersionMarker.size()));
    if (!version) return invalid_copy_source("Invalid copy source encoding.");
    source.version_id = std::move(*version);
    field = field.substr(0, version_at);
  }
  // '+' means a space here, unlike in a request target.
  auto path = text::form_decode(field);
  if (!path || !text::is_valid_utf8(*path))
    return invalid_copy_source("Invalid copy source encoding.");
  if (path->starts_with("arn:")) {
    return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", "x-amz-copy-source"));
  }
  std::string_view rest = *path;
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == rest.size())
    return invalid_copy_source("Invalid copy source object key");
  source.bucket = std::string(rest.substr(0, slash));
  source.key = std::string(rest.substr(slash + 1));
  if (source.key.size() > kMaxKeyBytes) return fail(S3ErrorCode::KeyTooLongError);
  if (std::ranges::find(source.key, '\0') != source.key.end())
    return invalid_copy_source("Invalid copy source object key");
  return source;
}

}  // namespace pail::protocol
