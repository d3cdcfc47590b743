#include "tidy/function_lengths.h"

#include <algorithm>
#include <regex>

#include "tidy/source_text.h"

namespace pail::test::tidy {
namespace {

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const char plain = c == '\n' ? ' ' : c;
    if (plain != ' ' || (!line.empty() && line.back() != ' ')) line += plain;
  }
  return line;
}

/// What stands before a '{' that is not within a function.
bool begins_function(const std::string& header) {
  static const std::regex kType(
      R"(^\s*(template\s*<.*>\s*)?(extern|inline namespace|namespace|class|struct|enum|union)\b[^()]*$)");
  return header.find(')') != std::string::npos && !std::regex_match(header, kType);
}

}  // namespace

std::vector<FunctionLength> function_lengths(std::string_view text) {
  const std::string code = code_only(text);
  std::vector<FunctionLength> functions;
  std::size_t line = 1;
  std::size_t depth = 0;
  std::size_t function_depth = 0;  // 0: outside
  std::size_t statement = 0;       // where what stands before a '{' began
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '\n') ++line;
    if (c == '{') {
      ++depth;
      const std::string header = one_line(std::string_view(code).substr(statement, at - statement));
      if (function_depth == 0 && begins_function(header)) {
        function_depth = depth;
        functions.push_back({header, line, 0});
      }
    }
    if (c == '}' && depth > 0) {
      if (depth == function_depth) {
        functions.back().lines = line - functions.back().line + 1;
        function_depth = 0;
      }
      --depth;
    }
    if (c == '{' || c == '}' || c == ';') statement = at + 1;
  }
  return functions;
}

}  // namespace pail::test::tidy
