#include "store/disk/version_table.h"

#include <utility>

namespace pail::store::disk {
namespace {

constexpr const char* kFindVersion =
    "SELECT rank, is_delete_marker, noncurrent_since_ms, size, modified_ms, etag, storage_class,"
    " checksum, owner, version_id, record, segments FROM version"
    " WHERE bucket_id = ?1 AND key = ?2 AND version_id = ?3";
constexpr const char* kNewest =
    "SELECT rank, is_delete_marker, noncurrent_since_ms, size, modified_ms, etag, storage_class,"
    " checksum, owner, version_id, record, segments FROM version"
    " WHERE bucket_id = ?1 AND key = ?2 ORDER BY rank LIMIT 1";
constexpr const char* kAddCurrent =
    "INSERT INTO version(bucket_id, key, rank, is_delete_marker, noncurrent_since_ms, size,"
    " modified_ms, etag, storage_class, checksum, owner, version_id, record, segments)"
    " SELECT bucket_id, key,"
    " coalesce((SELECT min(rank) FROM version WHERE bucket_id = ?1 AND key = ?2), 0) - 1,"
    " 0, ?3, size, modified_ms, etag, storage_class, checksum, owner,"
    " coalesce(version_id, 'null'), record, segments"
    " FROM object WHERE bucket_id = ?1 AND key = ?2";
constexpr const char* kAddMarker =
    "INSERT INTO version(bucket_id, key, rank, is_delete_marker, noncurrent_since_ms, size,"
    " modified_ms, etag, storage_class, checksum, owner, version_id, record, segments)"
    " VALUES(?1, ?2,"
    " coalesce((SELECT min(rank) FROM version WHERE bucket_id = ?1 AND key = ?2), 0) - 1,"
    " 1, NULL, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(?9, 'null'), ?10, ?11)";
constexpr const char* kOutdate =
    "UPDATE version SET noncurrent_since_ms = ?3 WHERE bucket_id = ?1 AND key = ?2 AND"
    " rank = (SELECT min(rank) FROM version WHERE bucket_id = ?1 AND key = ?2)"
    " AND noncurrent_since_ms IS NULL";
constexpr const char* kMakeCurrent =
    "INSERT INTO object(bucket_id, key, size, modified_ms, etag, storage_class, checksum, owner,"
    " version_id, record, segments)"
    " SELECT bucket_id, key, size, modified_ms, etag, storage_class, checksum, owner,"
    " nullif(version_id, 'null'), record, segments"
    " FROM version WHERE bucket_id = ?1 AND key = ?2 AND rank = ?3";
constexpr const char* kUpdate =
    "UPDATE version SET size = ?4, modified_ms = ?5, etag = ?6, storage_class = ?7, checksum = ?8,"
    " owner = ?9, version_id = coalesce(?10, 'null'), record = ?11, segments = ?12"
    " WHERE bucket_id = ?1 AND key = ?2 AND rank = ?3";
constexpr const char* kScan =
    "SELECT key, is_delete_marker, noncurrent_since_ms, size, modified_ms, etag, storage_class,"
    " checksum, owner, version_id FROM version"
    " WHERE bucket_id = ?1 AND (key, rank) > (?2, ?3) ORDER BY key, rank";

void take(const Statement& statement, const model::Bucket& bucket, std::string_view key,
          VersionRow& row) {
  take_row(statement, 3, bucket, key, row);
  row.rank = statement.integer(0);
  row.version.is_delete_marker = statement.integer(1) != 0;
  row.is_latest = statement.is_null(2);
}

}  // namespace

VersionTable::VersionTable(Database& database)
    : find_(database, kFindVersion),
      newest_(database, kNewest),
      any_(database, "SELECT 1 FROM version WHERE bucket_id = ?1 LIMIT 1"),
      add_current_(database, kAddCurrent),
      add_marker_(database, kAddMarker),
      outdate_(database, kOutdate),
      make_latest_(database,
                   "UPDATE version SET noncurrent_since_ms = NULL"
                   " WHERE bucket_id = ?1 AND key = ?2 AND rank = ?3"),
      make_current_(database, kMakeCurrent),
      update_(database, kUpdate),
      erase_(database, "DELETE FROM version WHERE bucket_id = ?1 AND key = ?2 AND rank = ?3"),
      scan_(database, kScan) {}

bool VersionTable::read(const model::Bucket& bucket, std::string_view key,
                        std::string_view version_id, VersionRow& row) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket.id).bind_bytes(2, key).bind_text(3, version_id).step()) return false;
  take(find_, bucket, key, row);
  return true;
}

bool VersionTable::read_latest_marker(const model::Bucket& bucket, std::string_view key,
                                      VersionRow& row) {
  const StatementScope scope(newest_);
  if (!newest_.bind(1, bucket.id).bind_bytes(2, key).step() || !newest_.is_null(2)) return false;
  take(newest_, bucket, key, row);
  return true;
}

bool VersionTable::any(std::int64_t bucket_id) {
  const StatementScope scope(any_);
  return any_.bind(1, bucket_id).step();
}

void VersionTable::add_current(std::int64_t bucket_id, std::string_view key,
                               time::Timestamp noncurrent_since) {
  add_current_.bind(1, bucket_id)
      .bind_bytes(2, key)
      .bind(3, to_milliseconds(noncurrent_since))
      .run();
}

void VersionTable::add_marker(const model::Bucket& bucket, const model::ObjectVersion& marker) {
  const EncodedRow encoded(marker, {});
  add_marker_.bind(1, bucket.id).bind_bytes(2, marker.key);
  bind_row(add_marker_, 3, bucket, marker, encoded);
  add_marker_.run();
}

void VersionTable::outdate_marker(std::int64_t bucket_id, std::string_view key,
                                  time::Timestamp noncurrent_since) {
  outdate_.bind(1, bucket_id).bind_bytes(2, key).bind(3, to_milliseconds(noncurrent_since)).run();
}

void VersionTable::promote(std::int64_t bucket_id, std::string_view key) {
  std::int64_t rank = 0;
  bool is_delete_marker = false;
  {
    const StatementScope scope(newest_);
    if (!newest_.bind(1, bucket_id).bind_bytes(2, key).step()) return;
    rank = newest_.integer(0);
    is_delete_marker = newest_.integer(1) != 0;
  }
  if (is_delete_marker) {
    make_latest_.bind(1, bucket_id).bind_bytes(2, key).bind(3, rank).run();
    return;
  }
  make_current_.bind(1, bucket_id).bind_bytes(2, key).bind(3, rank).run();
  erase(bucket_id, key, rank);
}

void VersionTable::update(const model::Bucket& bucket, const VersionRow& row) {
  const EncodedRow encoded(row.version, row.segments);
  update_.bind(1, bucket.id).bind_bytes(2, row.version.key).bind(3, row.rank);
  bind_row(update_, 4, bucket, row.version, encoded);
  update_.run();
}

void VersionTable::erase(std::int64_t bucket_id, std::string_view key, std::int64_t rank) {
  erase_.bind(1, bucket_id).bind_bytes(2, key).bind(3, rank).run();
}

const model::VersionSummary* VersionTable::seek_after(const model::Bucket& bucket,
                                                      std::string_view key, std::int64_t rank) {
  scan_.reset();
  scan_.bind(1, bucket.id).bind_bytes(2, key).bind(3, rank);
  return next(bucket);
}

const model::VersionSummary* VersionTable::next(const model::Bucket& bucket) {
  if (!scan_.step()) {
    scan_.reset();
    return nullptr;
  }
  summary_.key = scan_.bytes(0);
  summary_.is_delete_marker = scan_.integer(1) != 0;
  summary_.is_latest = scan_.is_null(2);
  summary_.noncurrent_since.reset();
  if (!summary_.is_latest) summary_.noncurrent_since = to_time(scan_.integer(2));
  take_summary(scan_, 3, bucket, summary_);
  summary_.version_id = take_version_id(scan_, 9);
  return &summary_;
}

}  // namespace pail::store::disk
