#pragma once

#include <string>
#include <string_view>

namespace pail::journal {

/// A text from outside as a terminal may see it: control characters, and bytes that are no UTF-8,
/// are written as \xHH.
std::string printable(std::string_view text);

}  // namespace pail::journal
