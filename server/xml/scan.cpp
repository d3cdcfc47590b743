#include "xml/scan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace pail::xml {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && kWhiteSpace.find(c) == std::string_view::npos;
}

// The inside of &...; of a reference to a character: "#38" or "#x26".
bool is_character_reference(std::string_view name) {
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const int base = name.starts_with('x') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  std::uint32_t code = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, code, base);
  if (error != std::errc() || stop != end) return false;
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  // Control characters pass, though XML 1.0 has none: a key may contain them and S3 lists them so.
  return code != 0 && code <= 0x10FFFF && !is_surrogate;
}

bool has_only_known_references(std::string_view text) {
  constexpr std::array<std::string_view, 5> kPredefined = {"amp", "lt", "gt", "quot", "apos"};
  for (;;) {
    const std::size_t start = text.find('&');
    if (start == std::string_view::npos) return true;
    text.remove_prefix(start + 1);
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos) return false;
    const std::string_view name = text.substr(0, end);
    if (std::ranges::find(kPredefined, name) == kPredefined.end() &&
        !is_character_reference(name)) {
      return false;
    }
    text.remove_prefix(end + 1);
  }
}

class Scan {
 public:
  Scan(std::string_view text, const Limits& limits) : rest_(text), limits_(limits) {}

  bool run() {
    while (!rest_.empty()) {
      if (nodes_ > limits_.max_nodes) return false;
      const bool ok = rest_.starts_with('<') ? markup() : text();
      if (!ok) return false;
    }
    return depth_ == 0 && seen_root_ && nodes_ <= limits_.max_nodes;
  }

 private:
  bool markup() {
    if (rest_.starts_with("<!--")) return skip(4, "-->");
    if (rest_.starts_with("<?")) return skip(2, "?>");
    if (rest_.starts_with("<![CDATA[")) {
      ++nodes_;
      return depth_ > 0 && skip(9, "]]>");
    }
    // Any other declaration is a DOCTYPE or belongs into one.
    if (rest_.starts_with("<!")) return false;
    return rest_.starts_with("</") ? end_tag() : start_tag();
  }

  bool skip(std::size_t from, std::string_view terminator) {
    const std::size_t end = rest_.find(terminator, from);
    if (end == std::string_view::npos) return false;
    rest_.remove_prefix(end + terminator.size());
    return true;
  }

  bool text() {
    const std::string_view run = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(run.size());
    if (depth_ == 0) return run.find_first_not_of(kWhiteSpace) == std::string_view::npos;
    ++nodes_;
    return has_only_known_references(run);
  }

  bool end_tag() {
    if (depth_ == 0) return false;
    --depth_;
    return skip(2, ">");
  }

  bool start_tag() {
    if (depth_ == 0 && seen_root_) return false;
    seen_root_ = true;
    ++nodes_;
    std::size_t position = 1;
    while (position < rest_.size() && rest_[position] != '>') {
      const char c = rest_[position];
      if (c == '<') return false;
      if (c == '"' || c == '\'') {
        const std::size_t end = rest_.find(c, position + 1);
        if (end == std::string_view::npos) return false;
        const std::string_view value = rest_.substr(position + 1, end - position - 1);
        if (value.find('<') != std::string_view::npos) return false;
        if (!has_only_known_references(value)) return false;
        ++nodes_;
        position = end;
      }
      ++position;
    }
    if (position >= rest_.size()) return false;
    const bool is_empty = rest_[position - 1] == '/';
    rest_.remove_prefix(position + 1);
    if (is_empty) return depth_ < limits_.max_depth;
    return ++depth_ <= limits_.max_depth;
  }

  std::string_view rest_;
  const Limits& limits_;
  unsigned depth_ = 0;
  std::size_t nodes_ = 0;
  bool seen_root_ = false;
};

}  // namespace

bool is_acceptable(std::string_view text, const Limits& limits) {
  return std::ranges::none_of(text, is_control) && Scan(text, limits).run();
}

}  // namespace pail::xml
