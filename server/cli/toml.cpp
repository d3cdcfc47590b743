#include "cli/toml.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "error/try.h"

namespace pail::cli {
namespace {

constexpr std::string_view kBareCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// One pass over the text; each function takes what it names from the front.
class TomlReader {
 public:
  explicit TomlReader(std::string_view text) : text_(text) {}

  Result<std::vector<TomlEntry>, std::string> entries() {
    std::vector<TomlEntry> entries;
    for (skip_blank(); at_ < text_.size(); skip_blank()) {
      PAIL_TRY(auto entry, take_entry());
      entries.push_back(std::move(entry));
    }
    return entries;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_spaces() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  /// Spaces, comments and the ends of lines.
  void skip_blank() {
    while (at_ < text_.size()) {
      skip_spaces();
      if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
      if (peek() != '\n' && peek() != '\r') return;
      ++at_;
    }
  }

  Unexpected<std::string> complain(const std::string& what) const {
    const auto line = 1 + std::ranges::count(text_.substr(0, at_), '\n');
    return Unexpected{"line " + std::to_string(line) + ": " + what};
  }

  Result<TomlEntry, std::string> take_entry() {
    if (peek() == '[') return complain("there are no [tables] here; write name = value");
    TomlEntry entry;
    entry.name = take_bare();
    skip_spaces();
    if (entry.name.empty() || peek() != '=') return complain("expected name = value");
    ++at_;
    skip_spaces();
    if (peek() == '[') {
      PAIL_TRY(entry.values, take_array());
    } else {
      PAIL_TRY(auto value, take_value());
      entry.values.push_back(std::move(value));
    }
    skip_spaces();
    if (at_ < text_.size() && peek() != '#' && peek() != '\n' && peek() != '\r') {
      return complain("nothing may follow the value of " + entry.name);
    }
    return entry;
  }

  Result<std::vector<std::string>, std::string> take_array() {
    std::vector<std::string> values;
    ++at_;
    for (skip_blank(); peek() != ']'; skip_blank()) {
      PAIL_TRY(auto value, take_value());
      values.push_back(std::move(value));
      skip_blank();
      if (peek() == ',') {
        ++at_;
      } else if (peek() != ']') {
        return complain("expected , or ] in the array");
      }
    }
    ++at_;
    return values;
  }

  Result<std::string, std::string> take_value() {
    if (peek() == '"') return take_basic_string();
    if (peek() == '\'') return take_literal_string();
    std::string value = take_bare();
    if (value.empty() || (value != "true" && value != "false" &&
                          value.find_first_not_of("0123456789") != std::string::npos)) {
      return complain("expected a \"string\", a number, true or false");
    }
    return value;
  }

  std::string take_bare() {
    const auto end = std::min(text_.find_first_not_of(kBareCharacters, at_), text_.size());
    std::string word(text_.substr(at_, end - at_));
    at_ = end;
    return word;
  }

  Result<std::string, std::string> take_literal_string() {
    const auto end = text_.find_first_of("'\n", at_ + 1);
    if (end == std::string_view::npos || text_[end] != '\'') return complain("' is not closed");
    const std::string value(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value;
  }

  Result<std::string, std::string> take_basic_string() {
    std::string value;
    for (++at_; peek() != '"'; ++at_) {
      if (at_ >= text_.size() || peek() == '\n') return complain("\" is not closed");
      if (peek() != '\\') {
        value += peek();
        continue;
      }
      ++at_;
      const auto character = escaped(peek());
      if (!character) return complain("of the escapes only \\\" \\\\ \\n and \\t are known");
      value += *character;
    }
    ++at_;
    return value;
  }

  static std::optional<char> escaped(char c) {
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '"':
      case '\\':
        return c;
      default:
        return std::nullopt;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<TomlEntry>, std::string> read_toml(std::string_view text) {
  return TomlReader(text).entries();
}

}  // namespace pail::cli
