#include "store/disk/record_codec.h"

#include <array>
#include <chrono>
#include <utility>

#include "store/disk/protection_codec.h"
#include "store/disk/record_fields.h"

namespace pail::store::disk {
namespace {

// These numbers stand in files: a new field takes the next one, none is used again.
enum Tag : std::uint64_t {
  kContentType = 1,
  kContentDisposition = 2,
  kContentEncoding = 3,
  kContentLanguage = 4,
  kCacheControl = 5,
  kExpires = 6,
  kWebsiteRedirect = 7,
  kUserMetadata = 8,
  kTagging = 9,
  kChecksumValue = 10,
  kPart = 11,
  kStorageClass = 12,
  kChecksumSettings = 13,
  kInitiator = 14,
  kEncryption = 15,
  kLock = 16,
  kAcl = 17,
  kRestoredUntil = 18,
  kCompletedVersion = 19,
  kCompletedChecksum = 20,
};

void put_text(std::string& out, Tag tag, std::string_view text) {
  if (!text.empty()) put_field(out, tag, text);
}

void put_pairs(std::string& out, Tag tag, const std::vector<model::NamedValue>& pairs) {
  for (const model::NamedValue& pair : pairs) {
    std::string field;
    put_bytes(field, pair.name);
    field += pair.value;
    put_field(out, tag, field);
  }
}

bool take_pair(std::string_view field, std::vector<model::NamedValue>& pairs) {
  RecordReader reader(field);
  std::string_view name;
  if (!reader.bytes(name)) return false;
  pairs.push_back({std::string(name), std::string(reader.rest())});
  return true;
}

bool take_part(std::string_view field, std::vector<model::ObjectPart>& parts) {
  RecordReader reader(field);
  std::uint64_t number = 0;
  model::ObjectPart part;
  if (!reader.number(number) || !reader.number(part.size_bytes)) return false;
  part.number = static_cast<std::uint32_t>(number);
  part.checksum = reader.rest();
  parts.push_back(std::move(part));
  return true;
}

std::string encode_time(time::Timestamp time) {
  std::string out;
  put_number(out, static_cast<std::uint64_t>(time.time_since_epoch().count()));
  return out;
}

bool decode_time(std::string_view field, std::optional<time::Timestamp>& time) {
  RecordReader reader(field);
  std::uint64_t milliseconds = 0;
  if (!reader.number(milliseconds)) return false;
  time = time::Timestamp(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
  return true;
}

void put_attributes(std::string& out, const model::ObjectAttributes& attributes) {
  put_text(out, kContentType, attributes.content_type);
  put_text(out, kContentDisposition, attributes.content_disposition);
  put_text(out, kContentEncoding, attributes.content_encoding);
  put_text(out, kContentLanguage, attributes.content_language);
  put_text(out, kCacheControl, attributes.cache_control);
  put_text(out, kExpires, attributes.expires);
  put_text(out, kWebsiteRedirect, attributes.website_redirect_location);
  put_pairs(out, kUserMetadata, attributes.user_metadata);
  put_pairs(out, kTagging, attributes.tags);
  put_text(out, kEncryption, encode_encryption(attributes.encryption));
  put_text(out, kLock, encode_lock(attributes.lock));
  if (attributes.acl) put_field(out, kAcl, encode_acl(*attributes.acl));
}

/// Whether the field is well formed; fields that are no attributes are left alone.
bool take_attribute(std::uint64_t tag, std::string_view value,
                    model::ObjectAttributes& attributes) {
  switch (tag) {
    case kContentType:
      attributes.content_type = value;
      return true;
    case kContentDisposition:
      attributes.content_disposition = value;
      return true;
    case kContentEncoding:
      attributes.content_encoding = value;
      return true;
    case kContentLanguage:
      attributes.content_language = value;
      return true;
    case kCacheControl:
      attributes.cache_control = value;
      return true;
    case kExpires:
      attributes.expires = value;
      return true;
    case kWebsiteRedirect:
      attributes.website_redirect_location = value;
      return true;
    case kStorageClass:
      attributes.storage_class = value;
      return true;
    case kUserMetadata:
      return take_pair(value, attributes.user_metadata);
    case kTagging:
      return take_pair(value, attributes.tags);
    case kEncryption:
      return decode_encryption(value, attributes.encryption);
    case kLock:
      return decode_lock(value, attributes.lock);
    case kAcl:
      return decode_acl(value, attributes.acl);
    default:
      return true;
  }
}

constexpr std::array kAlgorithmsByNumber = {
    checksum::Algorithm::kCrc32,    checksum::Algorithm::kCrc32c,   checksum::Algorithm::kCrc64Nvme,
    checksum::Algorithm::kSha1,     checksum::Algorithm::kSha256,   checksum::Algorithm::kMd5,
    checksum::Algorithm::kSha512,   checksum::Algorithm::kXxHash64, checksum::Algorithm::kXxHash3,
    checksum::Algorithm::kXxHash128};

std::uint64_t kind_number(checksum::Algorithm algorithm, model::ChecksumType type) {
  std::uint64_t number = 1;
  for (const checksum::Algorithm known : kAlgorithmsByNumber) {
    if (known == algorithm) break;
    ++number;
  }
  return number * 2 + (type == model::ChecksumType::kComposite ? 1 : 0);
}

}  // namespace

std::int64_t checksum_kind(const std::optional<model::Checksum>& checksum) {
  if (!checksum) return 0;
  return static_cast<std::int64_t>(kind_number(checksum->algorithm, checksum->type));
}

std::optional<ChecksumKind> parse_checksum_kind(std::int64_t number) {
  const std::int64_t index = number / 2 - 1;
  if (index < 0 || index >= static_cast<std::int64_t>(kAlgorithmsByNumber.size())) return {};
  return ChecksumKind{
      kAlgorithmsByNumber[static_cast<std::size_t>(index)],
      number % 2 == 1 ? model::ChecksumType::kComposite : model::ChecksumType::kFullObject};
}

std::string encode_version(const model::ObjectVersion& version) {
  std::string out;
  put_attributes(out, version.attributes);
  if (version.checksum) put_text(out, kChecksumValue, version.checksum->value);
  for (const model::ObjectPart& part : version.parts) {
    std::string field;
    put_number(field, part.number);
    put_number(field, part.size_bytes);
    field += part.checksum;
    put_field(out, kPart, field);
  }
  if (version.restored_until) put_field(out, kRestoredUntil, encode_time(*version.restored_until));
  return out;
}

bool decode_version(std::string_view record, model::ObjectVersion& version) {
  RecordReader reader(record);
  while (!reader.done()) {
    std::uint64_t tag = 0;
    std::string_view value;
    if (!reader.field(tag, value)) return false;
    if (tag == kChecksumValue && version.checksum) version.checksum->value = value;
    if (tag == kPart && !take_part(value, version.parts)) return false;
    if (tag == kRestoredUntil && !decode_time(value, version.restored_until)) return false;
    if (!take_attribute(tag, value, version.attributes)) return false;
  }
  return true;
}

std::string encode_upload(const model::MultipartUpload& upload) {
  std::string out;
  put_attributes(out, upload.attributes);
  put_field(out, kStorageClass, upload.attributes.storage_class);
  std::string settings;
  put_number(settings, upload.checksum_algorithm
                           ? kind_number(*upload.checksum_algorithm, upload.checksum_type)
                           : kind_number({}, upload.checksum_type) % 2);
  put_field(out, kChecksumSettings, settings);
  put_text(out, kInitiator, upload.initiator_id);
  put_text(out, kCompletedVersion, upload.completed_version_id);
  put_text(out, kCompletedChecksum, encode_checksum(upload.completed_checksum));
  return out;
}

bool decode_upload(std::string_view record, model::MultipartUpload& upload) {
  RecordReader reader(record);
  while (!reader.done()) {
    std::uint64_t tag = 0;
    std::string_view value;
    if (!reader.field(tag, value)) return false;
    if (tag == kInitiator) upload.initiator_id = value;
    if (tag == kCompletedVersion) upload.completed_version_id = value;
    if (tag == kCompletedChecksum && !decode_checksum(value, upload.completed_checksum)) {
      return false;
    }
    if (tag == kChecksumSettings) {
      RecordReader settings(value);
      std::uint64_t number = 0;
      if (!settings.number(number)) return false;
      const auto kind = parse_checksum_kind(static_cast<std::int64_t>(number));
      if (kind) upload.checksum_algorithm = kind->algorithm;
      upload.checksum_type =
          number % 2 == 1 ? model::ChecksumType::kComposite : model::ChecksumType::kFullObject;
    }
    if (!take_attribute(tag, value, upload.attributes)) return false;
  }
  return true;
}

std::string encode_checksum(const std::optional<model::Checksum>& checksum) {
  std::string out;
  if (!checksum) return out;
  put_number(out, kind_number(checksum->algorithm, checksum->type));
  out += checksum->value;
  return out;
}

bool decode_checksum(std::string_view record, std::optional<model::Checksum>& checksum) {
  checksum.reset();
  if (record.empty()) return true;
  RecordReader reader(record);
  std::uint64_t number = 0;
  if (!reader.number(number)) return false;
  const auto kind = parse_checksum_kind(static_cast<std::int64_t>(number));
  if (!kind) return false;
  checksum = model::Checksum{kind->algorithm, kind->type, std::string(reader.rest())};
  return true;
}

std::string encode_segments(const std::vector<Segment>& segments) {
  std::string out;
  for (const Segment& segment : segments) {
    put_number(out, static_cast<std::uint64_t>(segment.blob_id));
    put_number(out, segment.offset_bytes);
    put_number(out, segment.length_bytes);
  }
  return out;
}

std::optional<std::vector<Segment>> decode_segments(std::string_view bytes) {
  std::vector<Segment> out;
  RecordReader reader(bytes);
  while (!reader.done()) {
    Segment segment;
    std::uint64_t blob_id = 0;
    if (!reader.number(blob_id) || !reader.number(segment.offset_bytes) ||
        !reader.number(segment.length_bytes)) {
      return {};
    }
    segment.blob_id = static_cast<std::int64_t>(blob_id);
    out.push_back(std::move(segment));
  }
  return out;
}

}  // namespace pail::store::disk
