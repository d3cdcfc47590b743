#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/acl.h"
#include "model/checksum.h"
#include "model/encryption.h"
#include "model/object_lock.h"
#include "time/clock.h"

namespace pail::model {

struct NamedValue {
  std::string name;
  std::string value;
  bool operator==(const NamedValue&) const = default;
};

/// What a client says about an object when it writes it, and gets back when it reads it. A value.
struct ObjectAttributes {
  std::string content_type;  // empty: the client sent none
  std::string content_disposition;
  std::string content_encoding;
  std::string content_language;
  std::string cache_control;
  std::string expires;
  std::string website_redirect_location;
  std::string storage_class = "STANDARD";
  /// x-amz-meta-*: names in lower case without the prefix, values as raw bytes of UTF-8.
  std::vector<NamedValue> user_metadata;
  std::vector<NamedValue> tags;
  Encryption encryption;
  ObjectLock lock;
  /// Nothing: only the owner has rights (FULL_CONTROL).
  std::optional<Acl> acl;
  bool operator==(const ObjectAttributes&) const = default;
};

/// One part of an object that was uploaded in parts, as GetObjectAttributes and ?partNumber show
/// it.
struct ObjectPart {
  std::uint32_t number = 0;
  std::uint64_t size_bytes = 0;
  std::string checksum;  // base64 of the object's checksum algorithm; empty if there is none
  bool operator==(const ObjectPart&) const = default;
};

/// The version id of what was written while the bucket kept no versions.
inline constexpr const char* kNullVersionId = "null";

/// All that is known of one object version but its bytes. A value.
struct ObjectVersion {
  std::string key;
  std::string version_id = kNullVersionId;
  /// It has no bytes and says that the key was deleted.
  bool is_delete_marker = false;
  /// Of the object as its readers see it; an encrypted one takes more.
  std::uint64_t size_bytes = 0;
  /// Without quotes: 32 hex digits, or "<32 hex>-N" of a multipart upload.
  std::string etag;
  time::Timestamp last_modified;
  std::optional<Checksum> checksum;
  ObjectAttributes attributes;
  std::vector<ObjectPart> parts;  // empty unless uploaded in parts
  std::string owner_id;
  /// Of an archived object that RestoreObject made readable: until when.
  std::optional<time::Timestamp> restored_until;
  bool operator==(const ObjectVersion&) const = default;
};

/// What a listing shows of an object. Views into the cursor's row: valid until the cursor moves.
struct ObjectSummary {
  std::string_view key;
  std::uint64_t size_bytes = 0;
  std::string_view etag;
  time::Timestamp last_modified;
  std::string_view storage_class;
  std::optional<checksum::Algorithm> checksum_algorithm;
  ChecksumType checksum_type = ChecksumType::kFullObject;
  std::string_view owner_id;
};

/// What ListObjectVersions shows of a version, and what lifecycle rules ask of it.
struct VersionSummary : ObjectSummary {
  std::string_view version_id;
  bool is_latest = false;
  bool is_delete_marker = false;
  /// When a newer version took its place; of the latest: nothing.
  std::optional<time::Timestamp> noncurrent_since;
};

}  // namespace pail::model
