#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "journal/explain.h"

namespace pail::journal {

/// For people: lines of plain text, ended by a line feed. Control characters (keys and fields come
/// from outside) are written as \xHH, so that they can not speak to a terminal.
std::string explanation_text(const Explanation& explanation);

/// The members of Explanation; those without a value are left out.
nlohmann::ordered_json explanation_json(const Explanation& explanation);

}  // namespace pail::journal
