#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pail::text {

/// A number of digits only: no sign, no space, not empty. Nullopt also when it does not fit.
/// Leading zeros are accepted.
std::optional<std::uint64_t> parse_decimal(std::string_view in);

/// As parse_decimal, with one optional '-' or '+' in front.
std::optional<std::int64_t> parse_signed_decimal(std::string_view in);

}  // namespace pail::text
