#include "access/text_pattern.h"

#include <utility>

#include "access/wildcard.h"
#include "text/ascii.h"

namespace pail::access {
namespace {

/// What wildcards become. Policies are UTF-8, where these bytes never occur, so that a literal '*'
/// can stand beside them.
constexpr Wildcards kWildcards{'\xff', '\xfe'};

/// No expansion is longer; longer ones match nothing.
constexpr std::size_t kExpandedBytesMost = std::size_t{64} * 1024;

bool has_wildcard_bytes(std::string_view text) {
  return text.find(kWildcards.any) != std::string_view::npos ||
         text.find(kWildcards.one) != std::string_view::npos;
}

}  // namespace

TextPattern::TextPattern(std::string_view source, Options options)
    : source_(source), folds_case_(options.folds_case) {
  for (std::size_t i = 0; i < source.size();) {
    if (options.has_variables && source.substr(i).starts_with("${")) {
      if (const std::size_t taken = take_variable(source.substr(i), options); taken > 0) {
        i += taken;
        continue;
      }
    }
    char c = source[i++];
    if (options.has_wildcards && (c == '*' || c == '?')) {
      is_wild_ = true;
      c = c == '*' ? kWildcards.any : kWildcards.one;
    }
    tail().push_back(c);
  }
  if (!folds_case_) return;
  head_ = text::to_lower(head_);
  for (Variable& variable : variables_) variable.next = text::to_lower(variable.next);
}

/// Reads a variable at the beginning of `rest` and says how long it is; 0 if there is none, and
/// what is there is plain text.
std::size_t TextPattern::take_variable(std::string_view rest, const Options& options) {
  const auto end = rest.find('}');
  if (end == std::string_view::npos || end == 2) return 0;
  std::string_view name = rest.substr(2, end - 2);
  if (name == "*" || name == "?" || name == "$") {
    tail().append(name);
    return end + 1;
  }
  Variable variable;
  if (const auto comma = name.find(','); comma != std::string_view::npos) {
    const std::string_view fallback = text::trim(name.substr(comma + 1));
    if (fallback.size() < 2 || !fallback.starts_with('\'') || !fallback.ends_with('\'')) return 0;
    variable.fallback = fallback.substr(1, fallback.size() - 2);
    if (options.folds_case) variable.fallback = text::to_lower(*variable.fallback);
    name = name.substr(0, comma);
  }
  variable.key = ConditionKey::parse(text::trim(name));
  variables_.push_back(std::move(variable));
  return end + 1;
}

std::optional<std::string> TextPattern::expand(const ConditionContext& context) const {
  std::string expanded = head_;
  for (const Variable& variable : variables_) {
    const auto values = context.find(variable.key);
    const bool has_value = values && values->size() == 1;
    if (!has_value && !variable.fallback) return std::nullopt;
    std::string value = has_value ? values->front() : *variable.fallback;
    if (has_wildcard_bytes(value)) return std::nullopt;
    if (folds_case_) value = text::to_lower(value);
    expanded.append(value).append(variable.next);
    if (expanded.size() > kExpandedBytesMost) return std::nullopt;
  }
  return expanded;
}

bool TextPattern::fits(std::string_view pattern, std::string_view text) const {
  return is_wild_ ? wildcard_match(pattern, text, kWildcards) : pattern == text;
}

bool TextPattern::matches(std::string_view text, const ConditionContext* context) const {
  if (variables_.empty()) return fits(head_, text);
  if (context == nullptr) return false;
  const auto expanded = expand(*context);
  return expanded && fits(*expanded, text);
}

}  // namespace pail::access
