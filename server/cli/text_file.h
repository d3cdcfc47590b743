#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pail/result.h"

namespace pail::cli {

/// The whole of a file of at most 1 MiB. Fails with a sentence for people that names the file.
Result<std::string, std::string> read_text_file(const std::filesystem::path& file);

/// Whether a text that may be the name of a file is what would stand in it: JSON or PEM.
bool is_document(std::string_view text);

/// Writes the file anew; whoever reads it sees the old content or all of the new one.
Result<void, std::string> write_text_file(const std::filesystem::path& file,
                                          std::string_view content);

}  // namespace pail::cli
