#include "protocol/metadata_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/hex.h"
#include "text/utf8.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kWordStart = "=?";
constexpr std::string_view kWordEnd = "?=";
/// JavaMail's: 68 less the length of "UTF-8".
constexpr std::size_t kEncodedTextMost = 63;

unsigned char as_byte(char c) { return static_cast<unsigned char>(c); }

bool is_plain(char c) {
  const unsigned char byte = as_byte(c);
  return (byte >= 0x20 && byte < 0x7F) || c == '\r' || c == '\n' || c == '\t';
}

std::string latin1_to_utf8(std::string_view latin1) {
  std::string utf8;
  utf8.reserve(latin1.size());
  for (char c : latin1) {
    const unsigned char byte = as_byte(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xC0U | (byte >> 6U));
      utf8 += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return utf8;
}

std::optional<std::string> decode_q(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      decoded += ' ';
    } else if (text[i] == '=') {
      const auto byte = text::hex_decode(text.substr(i + 1, 2));
      if (!byte || byte->size() != 1) return std::nullopt;
      decoded += static_cast<char>(byte->front());
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::optional<std::string> decode_b(std::string_view text) {
  const auto bytes = text::base64_decode(text);
  if (!bytes) return std::nullopt;
  return std::string(text::as_text(*bytes));
}

/// "charset?encoding?text", what stands between =? and ?=.
std::optional<std::string> decode_word(std::string_view word) {
  const auto parts = text::split(word, '?');
  if (parts.size() != 3) return std::nullopt;
  std::optional<std::string> bytes;
  if (text::equals_ignore_case(parts[1], "Q")) bytes = decode_q(parts[2]);
  if (text::equals_ignore_case(parts[1], "B")) bytes = decode_b(parts[2]);
  if (!bytes) return std::nullopt;
  if (text::equals_ignore_case(parts[0], "ISO-8859-1")) return latin1_to_utf8(*bytes);
  const bool is_utf8 =
      text::equals_ignore_case(parts[0], "UTF-8") || text::equals_ignore_case(parts[0], "US-ASCII");
  if (!is_utf8 || !text::is_valid_utf8(*bytes)) return std::nullopt;
  return bytes;
}

/// Where the word that starts at the front of `text` ends: the position behind its "?=", or npos.
std::size_t word_length(std::string_view text) {
  std::size_t at = kWordStart.size();
  for (int question_marks = 0; question_marks < 2; ++question_marks) {
    at = text.find('?', at);
    if (at == std::string_view::npos) return at;
    ++at;
  }
  at = text.find(kWordEnd, at);
  return at == std::string_view::npos ? at : at + kWordEnd.size();
}

std::size_t utf8_length(char lead) {
  const unsigned char byte = as_byte(lead);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

/// What MimeUtility.encodeText counts: UTF-16 units.
struct Census {
  std::size_t plain = 0;
  std::size_t other = 0;
};

Census count_characters(std::string_view utf8) {
  Census census;
  for (std::size_t i = 0; i < utf8.size(); i += utf8_length(utf8[i])) {
    if (is_plain(utf8[i])) {
      ++census.plain;
    } else {
      census.other += utf8_length(utf8[i]) == 4 ? 2U : 1U;
    }
  }
  return census;
}

std::string encode_q(std::string_view utf8) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (char c : utf8) {
    const unsigned char byte = as_byte(c);
    if (c == ' ') {
      encoded += '_';
    } else if (byte < 0x20 || byte >= 0x7F || c == '=' || c == '_' || c == '?') {
      encoded += '=';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 0x0FU];
    } else {
      encoded += c;
    }
  }
  return encoded;
}

/// Halves what is too long for one word, at a character's edge. The depth is bounded by the
/// logarithm of the length.
void append_words(std::string& out, std::string_view utf8, bool as_q) {
  const std::string encoded = as_q ? encode_q(utf8) : text::base64_encode(text::as_bytes(utf8));
  if (encoded.size() > kEncodedTextMost && utf8.size() > utf8_length(utf8.front())) {
    std::size_t half = std::max<std::size_t>(utf8.size() / 2, 1);
    while (half < utf8.size() && (as_byte(utf8[half]) & 0xC0U) == 0x80U) ++half;
    if (half == utf8.size()) half = utf8_length(utf8.front());
    append_words(out, utf8.substr(0, half), as_q);
    append_words(out, utf8.substr(half), as_q);
    return;
  }
  if (!out.empty()) out += ' ';
  out += as_q ? "=?UTF-8?Q?" : "=?UTF-8?B?";
  out += encoded;
  out += kWordEnd;
}

}  // namespace

bool is_field_name(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool has_control_character(std::string_view value) {
  return std::ranges::any_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

std::string metadata_from_wire(std::string_view value) {
  std::string kept;
  bool after_word = false;
  std::size_t done = 0;
  while (done < value.size()) {
    const auto start = value.find(kWordStart, done);
    const auto length = start == std::string_view::npos ? start : word_length(value.substr(start));
    const auto word = length == std::string_view::npos
                          ? std::nullopt
                          : decode_word(value.substr(start + kWordStart.size(),
                                                     length - kWordStart.size() - kWordEnd.size()));
    if (!word) {
      // Nothing that can be decoded starts here: this stretch is text.
      const auto end = start == std::string_view::npos ? value.size() : start + kWordStart.size();
      kept += latin1_to_utf8(value.substr(done, end - done));
      after_word = false;
      done = end;
      continue;
    }
    const auto between = value.substr(done, start - done);
    // White space between two words belongs to the encoding, not to the text.
    if (!after_word || !text::trim(between).empty()) kept += latin1_to_utf8(between);
    kept += *word;
    after_word = true;
    done = start + length;
  }
  return kept;
}

std::string metadata_to_wire(std::string_view utf8) {
  const Census census = count_characters(utf8);
  if (census.other == 0) return std::string(utf8);
  std::string words;
  append_words(words, utf8, census.plain > census.other);
  return words;
}

}  // namespace pail::protocol
