#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"

namespace pail::protocol {

/// The query of a request target, decoded, in wire order. A value.
class Query {
 public:
  struct Parameter {
    std::string name;
    std::string value;
    bool has_value = false;  // "?acl=" has an empty one, "?acl" has none
  };

  /// `raw` is what stands behind the '?'. '+' is a space, unlike in a path: AWS reads it so, and
  /// signs it as %20 (as rgw and MinIO do); clients that build queries as forms are built depend on
  /// it. Fails: InvalidURI (bad escape, not UTF-8).
  static S3Result<Query> parse(std::string_view raw);

  /// The value of the first parameter of that name (exact case); empty for "?acl".
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
  [[nodiscard]] const std::vector<Parameter>& parameters() const { return parameters_; }

 private:
  std::vector<Parameter> parameters_;
};

}  // namespace pail::protocol
