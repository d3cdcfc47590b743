#include "encryption/kms_keys.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "checksum/digest.h"
#include "error/try.h"
#include "text/ascii.h"
#include "text/bytes.h"
#include "text/hex.h"

namespace pail::encryption {
namespace {

enum class KeyState { kUnknown, kDisabled, kPendingDeletion, kDisabledLater };

struct BuiltInKey {
  std::string_view id;
  std::string_view alias;
  KeyState state;
};
constexpr auto kBuiltInKeys = std::to_array<BuiltInKey>({
    {"00000000-0000-4000-8000-000000000001", "alias/pail/unknown", KeyState::kUnknown},
    {"00000000-0000-4000-8000-000000000002", "alias/pail/disabled", KeyState::kDisabled},
    {"00000000-0000-4000-8000-000000000003", "alias/pail/pending-deletion",
     KeyState::kPendingDeletion},
    {"00000000-0000-4000-8000-000000000004", "alias/pail/disabled-later", KeyState::kDisabledLater},
});

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

/// A UUID, or "mrk-" and 32 hex digits of a key in several regions.
bool is_key_id(std::string_view id) {
  constexpr std::size_t kMultiRegionCharacters = 36;
  if (id.starts_with("mrk-")) return id.size() == kMultiRegionCharacters && is_hex(id.substr(4));
  constexpr auto kGroups = std::to_array<std::size_t>({8, 4, 4, 4, 12});
  const auto groups = text::split(id, '-');
  return std::ranges::equal(groups, kGroups, [](std::string_view group, std::size_t length) {
    return group.size() == length && is_hex(group);
  });
}

bool is_alias(std::string_view name) {
  constexpr std::string_view kPrefix = "alias/";
  return name.starts_with(kPrefix) && name.size() > kPrefix.size();
}

std::string key_arn(std::string_view partition, const KmsPlace& place, std::string_view id) {
  return "arn:" + std::string(partition) + ":kms:" + place.region + ":" + place.account_id +
         ":key/" + std::string(id);
}

/// The id of the key that an alias stands for: a UUID made from where it stands and its name.
std::string id_of_alias(std::string_view alias, const KmsPlace& place) {
  const auto built_in = std::ranges::find(kBuiltInKeys, alias, &BuiltInKey::alias);
  if (built_in != kBuiltInKeys.end()) return std::string(built_in->id);
  const std::string seed = place.region + ":" + place.account_id + ":" + std::string(alias);
  std::string hex = text::hex_encode(checksum::sha256(text::as_bytes(seed))).substr(0, 32);
  hex[12] = '4';  // the marks of a random UUID
  hex[16] = '8';
  for (const std::size_t at : {8U, 13U, 18U, 23U}) hex.insert(at, 1, '-');
  return hex;
}

Unexpected<S3Error> not_found(std::string message) {
  return fail(S3ErrorCode::KmsNotFoundException, std::move(message));
}

std::optional<KeyState> state_of(std::string_view arn) {
  const auto built_in = std::ranges::find_if(kBuiltInKeys, [&](const BuiltInKey& key) {
    return arn.ends_with("/" + std::string(key.id));
  });
  if (built_in == kBuiltInKeys.end()) return std::nullopt;
  return built_in->state;
}

S3Result<void> check_encryption(const std::string& arn) {
  const auto state = state_of(arn);
  if (!state || *state == KeyState::kDisabledLater) return {};
  if (*state == KeyState::kUnknown) return not_found("Key '" + arn + "' does not exist");
  if (*state == KeyState::kDisabled)
    return fail(S3ErrorCode::KmsDisabledException, arn + " is disabled.");
  return fail(S3ErrorCode::KmsInvalidStateException, arn + " is pending deletion.");
}

/// arn:<partition>:kms:<region>:<account>:key/<id> or …:alias/<name>, of the bucket's region.
S3Result<std::string> resolve_arn(std::string_view arn, const KmsPlace& place) {
  const auto fields = text::split(arn, ':');
  constexpr std::size_t kFields = 6;
  if (fields.size() != kFields || fields[2] != "kms" || fields[4].empty())
    return not_found("Invalid arn " + std::string(arn));
  // AWS was recorded to say only the region of the ARN here.
  if (fields[3] != place.region) return not_found("Invalid arn " + std::string(fields[3]));
  const KmsPlace stated{std::string(fields[3]), std::string(fields[4])};
  constexpr std::string_view kKeyPrefix = "key/";
  if (is_alias(fields[5])) return key_arn(fields[1], stated, id_of_alias(fields[5], stated));
  if (!fields[5].starts_with(kKeyPrefix) || !is_key_id(fields[5].substr(kKeyPrefix.size())))
    return not_found("Invalid arn " + std::string(arn));
  return std::string(arn);
}

}  // namespace

std::string default_kms_key(const KmsPlace& place) {
  return key_arn("aws", place, id_of_alias("alias/aws/s3", place));
}

S3Result<std::string> resolve_kms_key(std::string_view name, const KmsPlace& place) {
  std::string arn;
  if (name.starts_with("arn:")) {
    PAIL_TRY(arn, resolve_arn(name, place));
  } else if (is_alias(name)) {
    arn = key_arn("aws", place, id_of_alias(name, place));
  } else if (is_key_id(name)) {
    arn = key_arn("aws", place, name);
  } else {
    return not_found("Invalid keyId '" + std::string(name) + "'");
  }
  PAIL_CHECK(check_encryption(arn));
  return arn;
}

S3Result<void> check_kms_decryption(std::string_view key_arn) {
  const auto state = state_of(key_arn);
  if (!state) return {};
  const std::string arn(key_arn);
  if (*state == KeyState::kDisabledLater)
    return fail(S3ErrorCode::KmsDisabledException, arn + " is disabled.");
  return check_encryption(arn);
}

}  // namespace pail::encryption
