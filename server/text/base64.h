#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pail::text {

/// Standard base64 (RFC 4648, section 4) with padding and without line breaks.
std::string base64_encode(std::span<const std::byte> bytes);

/// Decodes standard base64. Strict: the length is a multiple of four, padding is present and only
/// at the end, no spaces or line breaks; otherwise nullopt. Unused bits of the last character may
/// be set, as S3 accepts them.
std::optional<std::vector<std::byte>> base64_decode(std::string_view text);

/// The same of base64url without padding (RFC 4648, section 5), as in web tokens.
std::optional<std::vector<std::byte>> base64url_decode(std::string_view text);

}  // namespace pail::text
