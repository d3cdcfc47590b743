#pragma once

#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "journal/lint.h"

namespace pail::journal {

/// For people: plain text, or one line that says that nothing was found.
std::string lint_text(std::span<const Finding> findings);

/// An array of objects with the members of Finding.
nlohmann::ordered_json lint_json(std::span<const Finding> findings);

}  // namespace pail::journal
