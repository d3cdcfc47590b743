#include "text/decimal.h"

#include <limits>

namespace pail::text {

std::optional<std::uint64_t> parse_decimal(std::string_view in) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  if (in.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : in) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > kMax / 10 || (value == kMax / 10 && digit > kMax % 10)) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

std::optional<std::int64_t> parse_signed_decimal(std::string_view in) {
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool negative = in.starts_with('-');
  if (negative || in.starts_with('+')) in.remove_prefix(1);
  const std::optional<std::uint64_t> magnitude = parse_decimal(in);
  if (!magnitude) return std::nullopt;
  if (!negative) {
    if (*magnitude > kMax) return std::nullopt;
    return static_cast<std::int64_t>(*magnitude);
  }
  if (*magnitude > kMax + 1) return std::nullopt;
  if (*magnitude == kMax + 1) return std::numeric_limits<std::int64_t>::min();
  return -static_cast<std::int64_t>(*magnitude);
}

}  // namespace pail::text
