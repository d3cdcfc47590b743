#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

namespace pail::cli {

struct TomlEntry {
  std::string name;
  /// Of an entry in a table: what stands behind the table's name, "alice" and "account" of
  /// `account` in [users.alice].
  std::vector<std::string> path;
  /// One for a string, a number or a boolean; any count for an array.
  std::vector<std::string> values;
};

/// Reads TOML of the shape that settings have: name = value, a value being a string, a whole
/// number, true, false, or an array of those. Tables of the given names may
/// nest. Entries in the order of the text. Fails with the line's number and a reason, which never
/// repeats a value.
Result<std::vector<TomlEntry>, std::string> read_toml(
    std::string_view text, std::span<const std::string_view> tables = {});

}  // namespace pail::cli
