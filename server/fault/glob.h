#pragma once

#include <string_view>

namespace pail::fault {

/// Whether `text` has the form of `pattern`: '*' stands for any bytes, none and '/' included, '?'
/// for one byte, everything else for itself. Takes no memory, and time in proportion to the product
/// of both lengths at worst.
bool glob_matches(std::string_view pattern, std::string_view text);

}  // namespace pail::fault
