#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pail/result.h"

#include "cli/setting.h"
#include "cli/toml.h"

namespace pail::cli {

/// The tables that a configuration file may have: accounts, users, roles.
std::span<const std::string_view> people_table_names();

/// Turns an entry of such a table into what the flags would have given: `policy = "alice.json"` in
/// [users.alice] of "etc/pail.toml" becomes user-policy "alice=etc/alice.json". Fails with a
/// sentence for people; values are not repeated.
Result<void, std::string> add_table_entry(const TomlEntry& entry, const std::string& file_name,
                                          Layer& layer);

}  // namespace pail::cli
