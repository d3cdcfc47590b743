#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "error/s3_error.h"

// What every element of a policy document has in common. Only the readers of policies include this.
namespace pail::access {

using Json = nlohmann::ordered_json;

Unexpected<S3Error> malformed(std::string message);
Unexpected<S3Error> malformed(std::string message, std::string detail);
/// What S3 says of every value of the wrong type.
Unexpected<S3Error> invalid_syntax();

/// The document, an object. Refuses what is too long, nested too deeply, not JSON or UTF-8, and
/// names that come twice in one object, of which readers would see different ones.
S3Result<Json> parse_policy_json(std::string_view text);

/// Fails for the first name that is not in `known`.
S3Result<void> check_fields(const Json& object, std::span<const std::string_view> known);

/// A string, or a list of strings that is not empty; `element` is what the error calls it.
S3Result<std::vector<std::string>> read_strings(const Json& json, std::string_view element);

/// An element of a statement, or its Not... form.
struct ElementChoice {
  const Json* json = nullptr;
  bool is_negated = false;
};

/// Exactly one of both has to be there.
S3Result<ElementChoice> choose_element(const Json& statement, const std::string& name);

}  // namespace pail::access
