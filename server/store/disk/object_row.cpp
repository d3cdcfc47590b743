#include "store/disk/object_row.h"

#include <chrono>
#include <optional>
#include <utility>

#include "store/disk/record_codec.h"

namespace pail::store::disk {
namespace {

constexpr std::string_view kUsualStorageClass = "STANDARD";

void bind_unless_usual(Statement& statement, int index, std::string_view value,
                       std::string_view usual) {
  if (value == usual) {
    statement.bind_null(index);
  } else {
    statement.bind_text(index, value);
  }
}

std::string_view usual_or(const Statement& statement, int column, std::string_view usual) {
  return statement.is_null(column) ? usual : statement.bytes(column);
}

[[noreturn]] void damaged(std::string_view key) {
  throw CatalogueFailure(StoreErrorKind::kBroken,
                         "catalogue: damaged row of object " + std::string(key));
}

}  // namespace

time::Timestamp to_time(std::int64_t milliseconds) {
  return time::Timestamp(std::chrono::milliseconds(milliseconds));
}

std::int64_t to_milliseconds(time::Timestamp time) { return time.time_since_epoch().count(); }

EncodedRow::EncodedRow(const model::ObjectVersion& version,
                       const std::vector<Segment>& segment_list)
    : record(encode_version(version)), segments(encode_segments(segment_list)) {}

void bind_row(Statement& statement, int index, const model::Bucket& bucket,
              const model::ObjectVersion& version, const EncodedRow& encoded) {
  statement.bind(index, static_cast<std::int64_t>(version.size_bytes))
      .bind(index + 1, to_milliseconds(version.last_modified))
      .bind_text(index + 2, version.etag);
  bind_unless_usual(statement, index + 3, version.attributes.storage_class, kUsualStorageClass);
  statement.bind(index + 4, checksum_kind(version.checksum));
  bind_unless_usual(statement, index + 5, version.owner_id, bucket.owner_id);
  bind_unless_usual(statement, index + 6, version.version_id, model::kNullVersionId);
  statement.bind_bytes(index + 7, encoded.record).bind_bytes(index + 8, encoded.segments);
}

std::vector<Segment> take_segments(std::string_view bytes, std::string_view key) {
  auto segments = decode_segments(bytes);
  if (!segments) damaged(key);
  return std::move(*segments);
}

void take_row(const Statement& statement, int column, const model::Bucket& bucket,
              std::string_view key, ObjectRow& row) {
  model::ObjectVersion& version = row.version;
  version.key = key;
  version.size_bytes = static_cast<std::uint64_t>(statement.integer(column));
  version.last_modified = to_time(statement.integer(column + 1));
  version.etag = statement.bytes(column + 2);
  version.attributes.storage_class = usual_or(statement, column + 3, kUsualStorageClass);
  if (const auto kind = parse_checksum_kind(statement.integer(column + 4))) {
    version.checksum = model::Checksum{kind->algorithm, kind->type, {}};
  }
  version.owner_id = usual_or(statement, column + 5, bucket.owner_id);
  version.version_id = take_version_id(statement, column + 6);
  if (!decode_version(statement.bytes(column + 7), version)) damaged(key);
  row.segments = take_segments(statement.bytes(column + 8), key);
}

void take_summary(const Statement& statement, int column, const model::Bucket& bucket,
                  model::ObjectSummary& summary) {
  summary.size_bytes = static_cast<std::uint64_t>(statement.integer(column));
  summary.last_modified = to_time(statement.integer(column + 1));
  summary.etag = statement.bytes(column + 2);
  summary.storage_class = usual_or(statement, column + 3, kUsualStorageClass);
  const auto kind = parse_checksum_kind(statement.integer(column + 4));
  summary.checksum_algorithm = kind ? std::optional(kind->algorithm) : std::nullopt;
  summary.checksum_type = kind ? kind->type : model::ChecksumType::kFullObject;
  summary.owner_id = usual_or(statement, column + 5, bucket.owner_id);
}

std::string_view take_version_id(const Statement& statement, int column) {
  return usual_or(statement, column, model::kNullVersionId);
}

}  // namespace pail::store::disk
