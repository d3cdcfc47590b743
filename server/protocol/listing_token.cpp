#include "protocol/listing_token.h"

#include <cstddef>

#include "checksum/digest.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::protocol {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kCheckBytes = 6;
/// Far above what the longest key makes; bounds the work that a made-up token can cause.
constexpr std::size_t kTokenBytesMost = 4096;

/// Tells tokens of ours from anything else that happens to be base64.
std::string check_of(ListingKind kind, std::string_view last) {
  std::string text{kVersion, static_cast<char>(kind)};
  text += last;
  const auto digest = checksum::sha256(text::as_bytes(text));
  return std::string(text::as_text(digest).substr(0, kCheckBytes));
}

}  // namespace

std::string encode_listing_token(ListingKind kind, std::string_view last) {
  std::string bytes{kVersion};
  bytes += check_of(kind, last);
  bytes += last;
  return text::base64_encode(text::as_bytes(bytes));
}

std::optional<std::string> decode_listing_token(ListingKind kind, std::string_view token) {
  if (token.size() > kTokenBytesMost) return std::nullopt;
  const auto decoded = text::base64_decode(token);
  if (!decoded) return std::nullopt;
  std::string_view bytes = text::as_text(*decoded);
  if (bytes.size() < 1 + kCheckBytes || bytes.front() != kVersion) return std::nullopt;
  const std::string_view check = bytes.substr(1, kCheckBytes);
  const std::string_view last = bytes.substr(1 + kCheckBytes);
  if (check != check_of(kind, last)) return std::nullopt;
  return std::string(last);
}

}  // namespace pail::protocol
