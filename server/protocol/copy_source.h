#pragma once

#include <string>
#include <string_view>

#include "error/s3_error.h"

namespace pail::protocol {

/// The value of x-amz-copy-source, decoded. A value.
struct CopySource {
  std::string bucket;
  std::string key;
  std::string version_id;  // empty: the current version
};

/// Reads "[/]bucket/key[?versionId=id]": percent-encoded, '+' is a space, as AWS reads it. Fails:
/// InvalidArgument "Invalid copy source object key" and others; NotImplemented for access point
/// ARNs; KeyTooLongError.
S3Result<CopySource> parse_copy_source(std::string_view field);

}  // namespace pail::protocol
