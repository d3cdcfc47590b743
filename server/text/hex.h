#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pail::text {

/// What a hex digit of either case is worth; -1 for any other character.
constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Two lower-case hex digits per byte.
std::string hex_encode(std::span<const std::byte> bytes);

/// Decodes hex digits of either case; nullopt for an odd length or any other character.
std::optional<std::vector<std::byte>> hex_decode(std::string_view text);

}  // namespace pail::text
