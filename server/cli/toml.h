#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

namespace pail::cli {

struct TomlEntry {
  std::string name;
  /// One for a string, a number or a boolean; any count for an array.
  std::vector<std::string> values;
};

/// Reads the part of TOML that settings need: name = value, a value being a "string", a 'literal
/// string', a number, true, false, or an array of those over any number of lines; # begins a
/// comment. No tables, no dates, no multi-line strings. Fails with the line's number and a reason.
Result<std::vector<TomlEntry>, std::string> read_toml(std::string_view text);

}  // namespace pail::cli
