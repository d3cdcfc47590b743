#pragma once

#include <string_view>

namespace pail::access {

/// The bytes that are not taken literally in a pattern.
struct Wildcards {
  char any = '*';  // any bytes, none included
  char one = '?';  // one byte
};

/// Whether `text` has the form of `pattern`. Takes no memory, and time in proportion to the product
/// of both lengths at worst.
bool wildcard_match(std::string_view pattern, std::string_view text, Wildcards wildcards = {});

}  // namespace pail::access
