#include "text/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace pail::text {
namespace {

// The bounds of the second byte are what rules out overlong forms, surrogates and anything above
// U+10FFFF (table 3-7 of the Unicode standard).
struct Sequence {
  std::size_t length;
  unsigned char second_min;
  unsigned char second_max;
};

constexpr Sequence sequence_of(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

std::size_t skip_ascii(std::string_view bytes, std::size_t position) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  while (bytes.size() - position >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + position, sizeof(word));
    if ((word & kHighBits) != 0) break;
    position += sizeof(word);
  }
  while (position < bytes.size() && static_cast<unsigned char>(bytes[position]) < 0x80) ++position;
  return position;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  std::size_t position = skip_ascii(bytes, 0);
  while (position < bytes.size()) {
    const Sequence sequence = sequence_of(static_cast<unsigned char>(bytes[position]));
    if (sequence.length == 0 || bytes.size() - position < sequence.length) return false;
    const auto second = static_cast<unsigned char>(bytes[position + 1]);
    if (second < sequence.second_min || second > sequence.second_max) return false;
    for (std::size_t i = 2; i < sequence.length; ++i) {
      if ((static_cast<unsigned char>(bytes[position + i]) & 0xC0) != 0x80) return false;
    }
    position = skip_ascii(bytes, position + sequence.length);
  }
  return true;
}

}  // namespace pail::text
