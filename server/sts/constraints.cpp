#include "sts/constraints.h"

#include <algorithm>

#include "text/decimal.h"

namespace pail::sts {
namespace {

constexpr std::size_t kQuotedMost = 256;
constexpr std::uint64_t kSecondsLeast = 900;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view further_characters(Alphabet alphabet) {
  return alphabet == Alphabet::kExternalId ? "+=,.@:/-" : "+=,.@-";
}

std::string_view pattern_of(Alphabet alphabet) {
  return alphabet == Alphabet::kExternalId ? R"([\w+=,.@:\/-]*)" : R"([\w+=,.@-]*)";
}

bool fits(std::string_view value, Alphabet alphabet) {
  if (alphabet == Alphabet::kAny) return true;
  return std::ranges::all_of(value, [further = further_characters(alphabet)](char c) {
    return is_word(c) || further.find(c) != std::string_view::npos;
  });
}

/// Characters, not bytes.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

void Constraints::add(std::string_view name, std::optional<std::string_view> value,
                      std::string what) {
  std::string shown = "null";
  if (value) shown = "'" + std::string(value->substr(0, kQuotedMost)) + "'";
  complaints_.push_back("Value " + shown + " at '" + std::string(name) +
                        "' failed to satisfy constraint: " + std::move(what));
}

void Constraints::require(std::string_view name, std::optional<std::string_view> value) {
  if (!value) add(name, value, "Member must not be null");
}

void Constraints::check(std::string_view name, std::string_view value, const TextRule& rule) {
  const std::size_t length = length_of(value);
  if (!fits(value, rule.alphabet)) {
    add(name, value,
        "Member must satisfy regular expression pattern: " +
            std::string(pattern_of(rule.alphabet)));
  }
  if (length < rule.least) {
    add(name, value,
        "Member must have length greater than or equal to " + std::to_string(rule.least));
  }
  if (length > rule.most) {
    add(name, value, "Member must have length less than or equal to " + std::to_string(rule.most));
  }
}

void Constraints::refuse(std::string_view name, std::string_view shown, std::string what) {
  add(name, shown, std::move(what));
}

std::chrono::seconds Constraints::duration(std::optional<std::string_view> value,
                                           std::chrono::seconds usual, std::chrono::seconds most) {
  if (!value) return usual;
  const auto seconds = text::parse_decimal(*value);
  if (!seconds || *seconds < kSecondsLeast) {
    add("durationSeconds", value,
        "Member must have value greater than or equal to " + std::to_string(kSecondsLeast));
    return usual;
  }
  if (*seconds > static_cast<std::uint64_t>(most.count())) {
    add("durationSeconds", value,
        "Member must have value less than or equal to " + std::to_string(most.count()));
    return usual;
  }
  return std::chrono::seconds(*seconds);
}

S3Result<void> Constraints::verdict() const {
  if (complaints_.empty()) return {};
  const bool is_one = complaints_.size() == 1;
  std::string message = std::to_string(complaints_.size()) +
                        (is_one ? " validation error detected: " : " validation errors detected: ");
  for (const std::string& complaint : complaints_) {
    if (&complaint != &complaints_.front()) message += "; ";
    message += complaint;
  }
  return fail(S3ErrorCode::ValidationError, std::move(message));
}

}  // namespace pail::sts
