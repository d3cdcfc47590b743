#include "model/bucket_name.h"

#include <algorithm>
#include <array>

namespace pail::model {
namespace {

constexpr std::size_t kBytesLeast = 3;
constexpr std::size_t kBytesMost = 63;
constexpr std::array<std::string_view, 3> kReservedPrefixes = {"xn--", "sthree-", "amzn-s3-demo-"};
constexpr std::array<std::string_view, 5> kReservedSuffixes = {"-s3alias", "--ol-s3", ".mrap",
                                                               "--x-s3", "--table-s3"};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || is_digit(c); }

/// Four groups of digits: AWS refuses the form, whether or not each number is below 256.
bool has_form_of_ipv4(std::string_view name) {
  return std::ranges::count(name, '.') == 3 &&
         std::ranges::all_of(name, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace

bool is_valid_bucket_name(std::string_view name) {
  if (name.size() < kBytesLeast || name.size() > kBytesMost) return false;
  if (!is_letter_or_digit(name.front()) || !is_letter_or_digit(name.back())) return false;
  if (!std::ranges::all_of(name,
                           [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; })) {
    return false;
  }
  if (name.find("..") != std::string_view::npos || has_form_of_ipv4(name)) return false;
  return std::ranges::none_of(kReservedPrefixes,
                              [name](std::string_view p) { return name.starts_with(p); }) &&
         std::ranges::none_of(kReservedSuffixes,
                              [name](std::string_view s) { return name.ends_with(s); });
}

}  // namespace pail::model
