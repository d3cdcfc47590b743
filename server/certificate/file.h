#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "pail/result.h"

// Small files that hold keys: never readable by others, not even for a moment, and whole or not
// there. All fail with a sentence for people.
namespace pail::certificate {

/// Makes the directory and those above that are missing, each with mode 0700.
Result<void, std::string> make_directory(const std::filesystem::path& directory);

/// Nothing if there is no such file. At most 64 KiB.
Result<std::optional<std::string>, std::string> read_file(const std::filesystem::path& file);

/// Makes the file with this content and mode unless somebody made it meanwhile; returns the content
/// that it has now.
Result<std::string, std::string> make_file(const std::filesystem::path& file,
                                           std::string_view content, mode_t mode);

/// The file has this content and mode afterwards, whether it was there or not.
Result<void, std::string> replace_file(const std::filesystem::path& file, std::string_view content,
                                       mode_t mode);

Result<void, std::string> remove_file(const std::filesystem::path& file);

}  // namespace pail::certificate
