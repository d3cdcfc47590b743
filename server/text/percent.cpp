#include "text/percent.h"

#include <array>

#include "text/hex.h"

namespace pail::text {
namespace {

constexpr std::string_view kUpperHex = "0123456789ABCDEF";
constexpr std::string_view kAlphanumeric =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

using CharacterSet = std::array<bool, 256>;

constexpr CharacterSet alphanumeric_and(std::string_view more) {
  CharacterSet set{};
  for (const char c : kAlphanumeric) set[static_cast<unsigned char>(c)] = true;
  for (const char c : more) set[static_cast<unsigned char>(c)] = true;
  return set;
}

constexpr CharacterSet kUnreserved = alphanumeric_and("-._~");
constexpr CharacterSet kUnreservedAndSlash = alphanumeric_and("-._~/");
constexpr CharacterSet kListing = alphanumeric_and(".-_*/");

std::optional<std::string> decode(std::string_view in, bool plus_is_space) {
  // Without a '+' that means a space there is nothing but '%' to look for.
  const char plus = plus_is_space ? '+' : '%';
  std::string out;
  // Copies whole runs: most of what is sent stands for itself.
  std::size_t run = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    // Letters and digits lie behind both.
    if (in[i] > '+' || (in[i] != '%' && in[i] != plus)) continue;
    out.append(in, run, i - run);
    if (in[i] == plus && plus_is_space) {
      out += ' ';
    } else {
      if (in.size() - i < 3) return std::nullopt;
      const int high = hex_value(in[i + 1]);
      const int low = hex_value(in[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
    run = i + 1;
  }
  out.append(in, run);
  return out;
}

void append_encoded(std::string& out, std::string_view in, const CharacterSet& kept,
                    bool space_is_plus) {
  // Copies whole runs: keys are mostly made of characters that stay as they are.
  std::size_t run = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const auto byte = static_cast<unsigned char>(in[i]);
    if (kept[byte]) continue;
    out.append(in, run, i - run);
    run = i + 1;
    if (byte == ' ' && space_is_plus) {
      out += '+';
    } else {
      const std::array<char, 3> escape = {'%', kUpperHex[byte >> 4], kUpperHex[byte & 15]};
      out.append(escape.data(), escape.size());
    }
  }
  out.append(in, run);
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view in) { return decode(in, false); }

std::optional<std::string> form_decode(std::string_view in) { return decode(in, true); }

std::string percent_encode(std::string_view in) {
  std::string out;
  append_percent_encoded(out, in, false);
  return out;
}

std::string percent_encode_path(std::string_view in) {
  std::string out;
  append_percent_encoded(out, in, true);
  return out;
}

std::string listing_encode(std::string_view in) {
  std::string out;
  append_listing_encoded(out, in);
  return out;
}

void append_percent_encoded(std::string& out, std::string_view in, bool keep_slash) {
  append_encoded(out, in, keep_slash ? kUnreservedAndSlash : kUnreserved, false);
}

void append_listing_encoded(std::string& out, std::string_view in) {
  append_encoded(out, in, kListing, true);
}

}  // namespace pail::text
