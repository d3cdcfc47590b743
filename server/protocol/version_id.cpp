#include "protocol/version_id.h"

#include <cstdint>

#include "model/object.h"

namespace pail::protocol {
namespace {

constexpr std::size_t kCheckCharacters = 4;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// FNV-1a: it has to catch mistyping and inventing, not forgers, who would gain nothing.
std::string check_characters(std::string_view token) {
  std::uint32_t hash = 2166136261U;
  for (const char c : token) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619U;
  }
  std::string characters;
  for (std::size_t i = 0; i < kCheckCharacters; ++i) {
    characters += kAlphabet[hash % kAlphabet.size()];
    hash /= static_cast<std::uint32_t>(kAlphabet.size());
  }
  return characters;
}

}  // namespace

std::string seal_version_id(std::string token) {
  token += check_characters(token);
  return token;
}

bool is_version_id(std::string_view text) {
  if (text == model::kNullVersionId) return true;
  return text.size() == kVersionTokenCharacters + kCheckCharacters &&
         text.substr(kVersionTokenCharacters) ==
             check_characters(text.substr(0, kVersionTokenCharacters));
}

S3Result<std::optional<std::string>> parse_version_id(const Query& query) {
  const auto field = query.find("versionId");
  if (!field) return std::optional<std::string>();
  if (field->empty()) {
    return invalid_argument("Version id cannot be the empty string", "versionId", "");
  }
  if (is_version_id(*field)) return std::optional(std::string(*field));
  return invalid_argument("Invalid version id specified", "versionId", std::string(*field));
}

}  // namespace pail::protocol
