#include "store/disk/protection_codec.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

#include "store/disk/record_fields.h"

namespace pail::store::disk {
namespace {

// The places in these lists stand in files: new ones are added at the end.
constexpr std::array kEncryptionKinds = {
    model::EncryptionKind::kSseS3, model::EncryptionKind::kSseKms,
    model::EncryptionKind::kSseKmsDsse, model::EncryptionKind::kCustomer};
constexpr std::array kRetentionModes = {model::RetentionMode::kGovernance,
                                        model::RetentionMode::kCompliance};
constexpr std::array kPermissions = {model::Permission::kRead, model::Permission::kWrite,
                                     model::Permission::kReadAcp, model::Permission::kWriteAcp,
                                     model::Permission::kFullControl};
constexpr std::array kGranteeKinds = {model::Grantee::Kind::kCanonicalUser,
                                      model::Grantee::Kind::kGroup};

template <typename List, typename Value>
void put_place(std::string& out, const List& list, Value value) {
  std::uint64_t place = 0;
  while (place + 1 < list.size() && list[place] != value) ++place;
  put_number(out, place);
}

template <typename List, typename Value>
bool take_place(RecordReader& reader, const List& list, Value& value) {
  std::uint64_t place = 0;
  if (!reader.number(place) || place >= list.size()) return false;
  value = list[place];
  return true;
}

enum Flag : std::uint64_t {
  kHasRetention = 1,
  kHasLegalHold = 2,
  kLegalHoldIsOn = 4,
};

}  // namespace

std::string encode_encryption(const model::Encryption& encryption) {
  std::string out;
  if (encryption == model::Encryption{}) return out;
  put_place(out, kEncryptionKinds, encryption.kind);
  put_number(out, encryption.bucket_key_enabled ? 1 : 0);
  put_bytes(out, encryption.kms_key_id);
  put_bytes(out, encryption.kms_context);
  put_bytes(out, encryption.customer_key_md5);
  put_bytes(out, encryption.cipher_header);
  return out;
}

bool decode_encryption(std::string_view field, model::Encryption& encryption) {
  RecordReader reader(field);
  std::uint64_t bucket_key = 0;
  if (!take_place(reader, kEncryptionKinds, encryption.kind) || !reader.number(bucket_key)) {
    return false;
  }
  encryption.bucket_key_enabled = bucket_key != 0;
  return reader.text(encryption.kms_key_id) && reader.text(encryption.kms_context) &&
         reader.text(encryption.customer_key_md5) && reader.text(encryption.cipher_header);
}

std::string encode_lock(const model::ObjectLock& lock) {
  std::string out;
  std::uint64_t flags = 0;
  if (lock.retention) flags |= kHasRetention;
  if (lock.legal_hold) flags |= kHasLegalHold;
  if (lock.legal_hold.value_or(false)) flags |= kLegalHoldIsOn;
  if (flags == 0) return out;
  put_number(out, flags);
  if (!lock.retention) return out;
  put_place(out, kRetentionModes, lock.retention->mode);
  put_number(out,
             static_cast<std::uint64_t>(lock.retention->retain_until.time_since_epoch().count()));
  return out;
}

bool decode_lock(std::string_view field, model::ObjectLock& lock) {
  RecordReader reader(field);
  std::uint64_t flags = 0;
  if (!reader.number(flags)) return false;
  if ((flags & kHasLegalHold) != 0) lock.legal_hold = (flags & kLegalHoldIsOn) != 0;
  if ((flags & kHasRetention) == 0) return true;
  model::Retention retention;
  std::uint64_t until_ms = 0;
  if (!take_place(reader, kRetentionModes, retention.mode) || !reader.number(until_ms)) {
    return false;
  }
  retention.retain_until =
      time::Timestamp(std::chrono::milliseconds(static_cast<std::int64_t>(until_ms)));
  lock.retention = retention;
  return true;
}

std::string encode_acl(const model::Acl& acl) {
  std::string out;
  put_number(out, acl.grants.size());
  for (const model::Grant& grant : acl.grants) {
    put_place(out, kPermissions, grant.permission);
    put_place(out, kGranteeKinds, grant.grantee.kind);
    put_bytes(out, grant.grantee.id);
  }
  return out;
}

bool decode_acl(std::string_view field, std::optional<model::Acl>& acl) {
  RecordReader reader(field);
  std::uint64_t count = 0;
  if (!reader.number(count)) return false;
  acl.emplace();
  for (; count > 0; --count) {
    model::Grant grant;
    if (!take_place(reader, kPermissions, grant.permission) ||
        !take_place(reader, kGranteeKinds, grant.grantee.kind) || !reader.text(grant.grantee.id)) {
      return false;
    }
    acl->grants.push_back(std::move(grant));
  }
  return true;
}

}  // namespace pail::store::disk
