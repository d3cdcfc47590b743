#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"

namespace pail::cors {

struct Rule {
  std::string id;
  std::vector<std::string> allowed_headers;
  std::vector<std::string> allowed_methods;
  std::vector<std::string> allowed_origins;
  std::vector<std::string> expose_headers;
  std::optional<std::int32_t> max_age_s;
  bool operator==(const Rule&) const = default;
};

/// What PutBucketCors sets. A value.
struct Configuration {
  std::vector<Rule> rules;
  bool operator==(const Configuration&) const = default;
};

/// Reads a CORSConfiguration document from a client. Fails as AWS does: MalformedXML,
/// InvalidRequest, InvalidArgument, MaxMessageLengthExceeded. Pure.
S3Result<Configuration> parse_configuration(std::string_view xml);

/// The document as GetBucketCors returns it.
std::string render_configuration(const Configuration& configuration);

}  // namespace pail::cors
