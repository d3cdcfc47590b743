#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pail::test::tidy {

/// One file of the repository; the path is relative to its root, with '/'.
struct SourceFile {
  std::string path;
  std::string text;
};

struct Include {
  std::string target;
  bool is_quoted = false;  // "x" as against <x>
};

/// Every file below these folders, by path.
std::vector<SourceFile> read_tree(const std::filesystem::path& root,
                                  const std::vector<std::string>& folders);

std::vector<Include> includes(const SourceFile& file);

/// The text with every comment, string, character and preprocessor line turned into spaces; the
/// lines stay where they are.
std::string code_only(std::string_view text);

/// The words of an identifier: "BucketManager", "bucket_manager" → bucket, manager.
std::vector<std::string> words_of(std::string_view identifier);

/// Whether it is C++: .h or .cpp.
bool is_code(const SourceFile& file);

/// "server/store/disk/x.cpp" → "store"; empty outside of server/.
std::string module_of(std::string_view path);

}  // namespace pail::test::tidy
