#pragma once

#include <string_view>

namespace pail::model {

/// Whether a general purpose bucket may be called that, by AWS's rules: 3 to 63 lower case letters,
/// digits, dots and hyphens, a letter or digit at both ends, no two dots in a row, not the form of
/// an IPv4 address, and none of the prefixes and suffixes that AWS keeps for itself. Pure.
bool is_valid_bucket_name(std::string_view name);

}  // namespace pail::model
