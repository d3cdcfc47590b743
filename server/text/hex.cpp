#include "text/hex.h"

namespace pail::text {
namespace {

constexpr std::string_view kLowerHex = "0123456789abcdef";

}  // namespace

std::string hex_encode(std::span<const std::byte> bytes) {
  std::string out(bytes.size() * 2, '0');
  char* next = out.data();
  for (const std::byte byte : bytes) {
    *next++ = kLowerHex[std::to_integer<std::size_t>(byte >> 4)];
    *next++ = kLowerHex[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return out;
}

std::optional<std::vector<std::byte>> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::vector<std::byte> out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::byte>(high * 16 + low));
  }
  return out;
}

}  // namespace pail::text
