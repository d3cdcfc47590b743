#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/multipart.h"
#include "model/object.h"
#include "store/content.h"

namespace pail::store::disk {

// What a row knows beyond its columns, as one compact value: fields of tag, length, bytes. An
// unknown tag is skipped and a missing one leaves the default, so that fields can be added without
// touching the rows that exist. Decoding fails (false, nullopt) on bytes that are no such record.

/// All of a version but key, version id, size, ETag, time, owner, storage class and the kind of its
/// checksum, which are columns.
std::string encode_version(const model::ObjectVersion& version);
[[nodiscard]] bool decode_version(std::string_view record, model::ObjectVersion& version);

/// The attributes, checksum settings and initiator of an upload.
std::string encode_upload(const model::MultipartUpload& upload);
[[nodiscard]] bool decode_upload(std::string_view record, model::MultipartUpload& upload);

std::string encode_checksum(const std::optional<model::Checksum>& checksum);
[[nodiscard]] bool decode_checksum(std::string_view record,
                                   std::optional<model::Checksum>& checksum);

/// A list of (blob, offset, length).
std::string encode_segments(const std::vector<Segment>& segments);
std::optional<std::vector<Segment>> decode_segments(std::string_view bytes);

/// Algorithm and type of a checksum as one number for a column; 0 is none. These numbers stand in
/// files: they never change.
std::int64_t checksum_kind(const std::optional<model::Checksum>& checksum);
struct ChecksumKind {
  checksum::Algorithm algorithm;
  model::ChecksumType type;
};
std::optional<ChecksumKind> parse_checksum_kind(std::int64_t number);

}  // namespace pail::store::disk
