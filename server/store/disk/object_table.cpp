#include "store/disk/object_table.h"

#include <chrono>
#include <utility>

#include "store/disk/record_codec.h"

namespace pail::store::disk {
namespace {

// What nearly every row would repeat is NULL: the owner of the bucket, this class, this version.
constexpr std::string_view kUsualStorageClass = "STANDARD";
constexpr std::string_view kUsualVersionId = "null";

time::Timestamp to_time(std::int64_t milliseconds) {
  return time::Timestamp(std::chrono::milliseconds(milliseconds));
}

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

std::vector<Segment> take_segments(std::string_view bytes, std::string_view key) {
  auto segments = decode_segments(bytes);
  if (!segments) damaged(key);
  return std::move(*segments);
}

}  // namespace

ObjectTable::ObjectTable(Database& database)
    : find_(database,
            "SELECT size, modified_ms, etag, storage_class, checksum, owner, version_id, record,"
            " segments FROM object WHERE bucket_id = ?1 AND key = ?2"),
      put_(database,
           "INSERT OR REPLACE INTO object(bucket_id, key, size, modified_ms, etag, storage_class,"
           " checksum, owner, version_id, record, segments)"
           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"),
      erase_(database, "DELETE FROM object WHERE bucket_id = ?1 AND key = ?2"),
      any_(database, "SELECT 1 FROM object WHERE bucket_id = ?1 LIMIT 1"),
      scan_(database,
            "SELECT key, size, modified_ms, etag, storage_class, checksum, owner"
            " FROM object WHERE bucket_id = ?1 AND key >= ?2 ORDER BY key") {}

std::optional<ObjectRow> ObjectTable::find(const model::Bucket& bucket, std::string_view key) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket.id).bind_bytes(2, key).step()) return {};
  ObjectRow row;
  model::ObjectVersion& version = row.version;
  version.key = key;
  version.size_bytes = static_cast<std::uint64_t>(find_.integer(0));
  version.last_modified = to_time(find_.integer(1));
  version.etag = find_.bytes(2);
  version.attributes.storage_class = usual_or(find_, 3, kUsualStorageClass);
  if (const auto kind = parse_checksum_kind(find_.integer(4))) {
    version.checksum = model::Checksum{kind->algorithm, kind->type, {}};
  }
  version.owner_id = usual_or(find_, 5, bucket.owner_id);
  version.version_id = usual_or(find_, 6, kUsualVersionId);
  if (!decode_version(find_.bytes(7), version)) damaged(key);
  row.segments = take_segments(find_.bytes(8), key);
  return row;
}

std::optional<std::vector<Segment>> ObjectTable::find_segments(const model::Bucket& bucket,
                                                               std::string_view key) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket.id).bind_bytes(2, key).step()) return {};
  return take_segments(find_.bytes(8), key);
}

void ObjectTable::put(const model::Bucket& bucket, const model::ObjectVersion& version,
                      const std::vector<Segment>& segments) {
  const std::string record = encode_version(version);
  const std::string encoded_segments = encode_segments(segments);
  put_.bind(1, bucket.id)
      .bind_bytes(2, version.key)
      .bind(3, static_cast<std::int64_t>(version.size_bytes))
      .bind(4, version.last_modified.time_since_epoch().count())
      .bind_text(5, version.etag);
  bind_unless_usual(put_, 6, version.attributes.storage_class, kUsualStorageClass);
  put_.bind(7, checksum_kind(version.checksum));
  bind_unless_usual(put_, 8, version.owner_id, bucket.owner_id);
  bind_unless_usual(put_, 9, version.version_id, kUsualVersionId);
  put_.bind_bytes(10, record).bind_bytes(11, encoded_segments).run();
}

void ObjectTable::erase(const model::Bucket& bucket, std::string_view key) {
  erase_.bind(1, bucket.id).bind_bytes(2, key).run();
}

bool ObjectTable::any(const model::Bucket& bucket) {
  const StatementScope scope(any_);
  return any_.bind(1, bucket.id).step();
}

const model::ObjectSummary* ObjectTable::seek(const model::Bucket& bucket, std::string_view key) {
  scan_.reset();
  scan_.bind(1, bucket.id).bind_bytes(2, key);
  return next(bucket);
}

const model::ObjectSummary* ObjectTable::next(const model::Bucket& bucket) {
  if (!scan_.step()) {
    scan_.reset();
    return nullptr;
  }
  summary_.key = scan_.bytes(0);
  summary_.size_bytes = static_cast<std::uint64_t>(scan_.integer(1));
  summary_.last_modified = to_time(scan_.integer(2));
  summary_.etag = scan_.bytes(3);
  summary_.storage_class = usual_or(scan_, 4, kUsualStorageClass);
  const auto kind = parse_checksum_kind(scan_.integer(5));
  summary_.checksum_algorithm = kind ? std::optional(kind->algorithm) : std::nullopt;
  summary_.checksum_type = kind ? kind->type : model::ChecksumType::kFullObject;
  summary_.owner_id = usual_or(scan_, 6, bucket.owner_id);
  return &summary_;
}

}  // namespace pail::store::disk
