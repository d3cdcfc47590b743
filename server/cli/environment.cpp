#include "cli/environment.h"

#include <algorithm>
#include <utility>

#include "text/ascii.h"

namespace pail::cli {
namespace {

constexpr std::string_view kSpaces = " \t\r";

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_name(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::ranges::all_of(name, is_name_character);
}

/// `docker run --env-file` hands over the quotes that people write around values in a .env file.
std::string_view without_quotes(std::string_view value) {
  const bool is_quoted = value.size() >= 2 && value.front() == value.back() &&
                         (value.front() == '"' || value.front() == '\'');
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

std::string_view strip(std::string_view line) {
  const auto begin = line.find_first_not_of(kSpaces);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kSpaces) - begin + 1);
}

/// A backslash and the character after it, within double quotes.
std::string unescape(char c) {
  switch (c) {
    case 'n':
      return "\n";
    case 't':
      return "\t";
    case '"':
    case '\\':
    case '$':
      return std::string(1, c);
    default:
      return {'\\', c};
  }
}

/// `text` begins with the quote. Nothing if it is never closed, or if more than a comment follows.
std::optional<std::string> quoted_value(std::string_view text) {
  const char quote = text.front();
  std::string value;
  std::size_t at = 1;
  while (at < text.size() && text[at] != quote) {
    if (quote == '"' && text[at] == '\\' && at + 1 < text.size()) {
      value += unescape(text[at + 1]);
      at += 2;
    } else {
      value += text[at++];
    }
  }
  if (at == text.size()) return std::nullopt;
  const std::string_view rest = strip(text.substr(at + 1));
  if (!rest.empty() && rest.front() != '#') return std::nullopt;
  return value;
}

/// A # begins a comment only after a space: URLs and secrets may hold one.
std::string bare_value(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '#' && (at == 0 || kSpaces.find(text[at - 1]) != std::string_view::npos)) {
      return std::string(strip(text.substr(0, at)));
    }
  }
  return std::string(text);
}

std::optional<std::pair<std::string, std::string>> assignment(std::string_view line) {
  if (line.starts_with("export ") || line.starts_with("export\t")) line = strip(line.substr(7));
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view name = strip(line.substr(0, equals));
  if (!is_name(name)) return std::nullopt;
  const std::string_view text = strip(line.substr(equals + 1));
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) {
    return std::pair(std::string(name), bare_value(text));
  }
  auto value = quoted_value(text);
  if (!value) return std::nullopt;
  return std::pair(std::string(name), *std::move(value));
}

}  // namespace

Environment Environment::of_process(char* const* entries) {
  Environment::Variables variables;
  for (; entries != nullptr && *entries != nullptr; ++entries) {
    const std::string_view entry = *entries;
    const auto equals = entry.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(entry.substr(0, equals), without_quotes(entry.substr(equals + 1)));
  }
  return Environment(std::move(variables));
}

std::optional<std::string> Environment::find(std::string_view name) const {
  const auto found = variables_.find(name);
  if (found == variables_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

Environment Environment::over(const Environment& weaker) const {
  auto all = variables_;
  for (const auto& [name, value] : weaker.variables_) {
    if (!find(name)) all[name] = value;
  }
  return Environment(std::move(all));
}

Result<Environment, std::string> parse_env_file(std::string_view text) {
  Environment::Variables variables;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::size_t number = 0;
  for (std::string_view line : text::split(text, '\n')) {
    ++number;
    line = strip(line);
    if (line.empty() || line.front() == '#') continue;
    auto found = assignment(line);
    if (!found) {
      return Unexpected{"line " + std::to_string(number) + " is not NAME=value"};
    }
    variables[std::move(found->first)] = std::move(found->second);
  }
  return Environment(std::move(variables));
}

}  // namespace pail::cli
