#pragma once

#include <string_view>

namespace pail::text {

/// Whether the bytes are well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing
/// above U+10FFFF, no truncated sequence. The empty string is valid.
bool is_valid_utf8(std::string_view bytes);

}  // namespace pail::text
