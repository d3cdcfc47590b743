#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "protocol/query.h"

// AWS's version ids prove themselves: one that AWS never gave is "Invalid version id specified",
// one that is gone is NoSuchVersion. Ours carry check characters for the same end.
namespace pail::protocol {

/// Random letters and digits that a version id begins with.
inline constexpr std::size_t kVersionTokenCharacters = 28;

/// The version id that begins with a random token of kVersionTokenCharacters.
std::string seal_version_id(std::string token);

/// Whether a version may be called that: "null" or a sealed token.
bool is_version_id(std::string_view text);

/// The version that a request names; nothing: the latest. Fails: InvalidArgument "Invalid version
/// id specified", "Version id cannot be the empty string".
S3Result<std::optional<std::string>> parse_version_id(const Query& query);

}  // namespace pail::protocol
