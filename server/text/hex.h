#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pail::text {

/// Two lower-case hex digits per byte.
std::string hex_encode(std::span<const std::byte> bytes);

/// Decodes hex digits of either case; nullopt for an odd length or any other character.
std::optional<std::vector<std::byte>> hex_decode(std::string_view text);

}  // namespace pail::text
