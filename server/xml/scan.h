#pragma once

#include <string_view>

#include "xml/reader.h"

namespace pail::xml {

/// Whether text may be handed to the parser: one element, no DOCTYPE, only references that XML
/// predefines or that name a character, no control characters, within the limits. It looks at the
/// borders of markup only; names, attributes and matching end tags are left to the parser.
bool is_acceptable(std::string_view text, const Limits& limits);

}  // namespace pail::xml
