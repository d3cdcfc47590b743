#include "tidy/source_text.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <regex>
#include <sstream>

namespace pail::test::tidy {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// Where the comment, string or line that begins at `at` ends; `at` itself if none begins there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto after = [text, at](std::string_view end, std::size_t from) {
    const auto found = text.find(end, at + from);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (rest.starts_with("//")) return after("\n", 0) - 1;
  if (rest.starts_with("/*")) return after("*/", 2);
  if (rest.starts_with("R\"")) {
    const auto open = rest.find('(');
    if (open == std::string_view::npos) return text.size();
    return after(")" + std::string(rest.substr(2, open - 2)) + "\"", open);
  }
  if (rest.front() == '#' && (at == 0 || text[at - 1] == '\n')) {
    std::size_t end = at;
    do {
      end = std::min(text.find('\n', end + 1), text.size());
    } while (end < text.size() && text[end - 1] == '\\');
    return end;
  }
  // An apostrophe between digits separates thousands.
  const bool is_separator = rest.front() == '\'' && at > 0 &&
                            std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
  if (rest.front() != '"' && (rest.front() != '\'' || is_separator)) return at;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == rest.front() || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

}  // namespace

std::vector<SourceFile> read_tree(const std::filesystem::path& root,
                                  const std::vector<std::string>& folders) {
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream content;
      content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      files.push_back({entry.path().lexically_relative(root).generic_string(), content.str()});
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<Include> includes(const SourceFile& file) {
  static const std::regex kInclude(R"(#\s*include\s+(["<])([^">]+)[">].*)");
  std::vector<Include> found;
  std::istringstream lines(file.text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('#') || !std::regex_match(line, match, kInclude)) continue;
    found.push_back({match[2].str(), match[1].str() == "\""});
  }
  return found;
}

std::string code_only(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_blank(text, at);
    if (end == at) {
      ++at;
      continue;
    }
    for (; at < end; ++at) {
      if (code[at] != '\n') code[at] = ' ';
    }
  }
  return code;
}

std::vector<std::string> words_of(std::string_view identifier) {
  std::vector<std::string> words;
  bool begins = true;
  for (std::size_t i = 0; i < identifier.size(); ++i) {
    const char c = identifier[i];
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      begins = true;
      continue;
    }
    const bool is_camel_begin = is_upper(c) && i > 0 && !is_upper(identifier[i - 1]);
    if (begins || is_camel_begin) words.emplace_back();
    words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    begins = false;
  }
  return words;
}

bool is_code(const SourceFile& file) {
  return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

std::string module_of(std::string_view path) {
  constexpr std::string_view kServer = "server/";
  if (!path.starts_with(kServer)) return "";
  path.remove_prefix(kServer.size());
  const auto slash = path.find('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

}  // namespace pail::test::tidy
