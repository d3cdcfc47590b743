#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pail::space {

/// Where spaces lie below the data directory of their server. Without one, in memory, there is
/// nothing to be found or done.
using DataDirectory = std::optional<std::filesystem::path>;

/// Of the space at home the data directory itself.
DataDirectory directory_of(std::string_view space, const DataDirectory& data);

/// The names of all directories of spaces, but for that at home.
std::vector<std::string> names_of_directories(const DataDirectory& data);

/// Takes the name off the data of a space, so that another can be made under it at once.
void set_aside(std::string_view space, const DataDirectory& data);

/// Removes what was set aside.
void remove_dropped(const DataDirectory& data);

}  // namespace pail::space
