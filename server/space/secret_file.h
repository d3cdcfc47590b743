#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pail/result.h"

namespace pail::space {

/// What a file holds that is for its owner alone (mode 0600), at most 4 KiB. If it is not there it
/// is made, with `contents`: whole or not at all, whenever the process dies. To be called by
/// whoever holds the lock of the directory. Fails with a sentence for people.
Result<std::string, std::string> open_secret_file(const std::filesystem::path& path,
                                                  std::string_view contents);

}  // namespace pail::space
