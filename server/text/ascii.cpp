#include "text/ascii.h"

#include <algorithm>
#include <cstddef>

namespace pail::text {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool equals_ignore_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return a == b || lower(a) == lower(b); });
}

std::string to_lower(std::string_view in) {
  std::string out(in);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trim(std::string_view in) {
  while (!in.empty() && is_blank(in.front())) in.remove_prefix(1);
  while (!in.empty() && is_blank(in.back())) in.remove_suffix(1);
  return in;
}

bool starts_with_ignore_case(std::string_view in, std::string_view prefix) {
  return in.size() >= prefix.size() && equals_ignore_case(in.substr(0, prefix.size()), prefix);
}

std::vector<std::string_view> split(std::string_view in, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t end = in.find(separator);
    pieces.push_back(in.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    in.remove_prefix(end + 1);
  }
}

bool constant_time_equals(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  // Volatile keeps the compiler from leaving the loop at the first difference.
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto a = static_cast<unsigned char>(left[i]);
    const auto b = static_cast<unsigned char>(right[i]);
    difference = static_cast<unsigned char>(difference | (a ^ b));
  }
  return difference == 0;
}

}  // namespace pail::text
