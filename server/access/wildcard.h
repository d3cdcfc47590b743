#pragma once

#include <string_view>

namespace pail::access {

/// Whether `text` has the form of `pattern`, in which '*' stands for any bytes and '?' for any one.
/// Takes time in proportion to the product of both lengths at worst.
bool wildcard_match(std::string_view pattern, std::string_view text);

}  // namespace pail::access
