#include "store/disk/object_table.h"

namespace pail::store::disk {

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
            " FROM object WHERE bucket_id = ?1 AND key >= ?2 ORDER BY key"),
      scan_with_ids_(database,
                     "SELECT key, size, modified_ms, etag, storage_class, checksum, owner,"
                     " version_id FROM object WHERE bucket_id = ?1 AND key >= ?2 ORDER BY key") {}

bool ObjectTable::read(const model::Bucket& bucket, std::string_view key, ObjectRow& row) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket.id).bind_bytes(2, key).step()) return false;
  take_row(find_, 0, bucket, key, row);
  return true;
}

std::optional<CurrentObject> ObjectTable::find_current(const model::Bucket& bucket,
                                                       std::string_view key) {
  const StatementScope scope(find_);
  if (!find_.bind(1, bucket.id).bind_bytes(2, key).step()) return {};
  return CurrentObject{std::string(take_version_id(find_, 6)), take_segments(find_.bytes(8), key)};
}

void ObjectTable::put(const model::Bucket& bucket, const model::ObjectVersion& version,
                      const std::vector<Segment>& segments) {
  const EncodedRow encoded(version, segments);
  put_.bind(1, bucket.id).bind_bytes(2, version.key);
  bind_row(put_, 3, bucket, version, encoded);
  put_.run();
}

void ObjectTable::erase(const model::Bucket& bucket, std::string_view key) {
  erase_.bind(1, bucket.id).bind_bytes(2, key).run();
}

bool ObjectTable::any(const model::Bucket& bucket) {
  const StatementScope scope(any_);
  return any_.bind(1, bucket.id).step();
}

const model::ObjectSummary* ObjectTable::start(Statement& scan, const model::Bucket& bucket,
                                               std::string_view key) {
  running_->reset();
  running_ = &scan;
  scan.bind(1, bucket.id).bind_bytes(2, key);
  return next(bucket);
}

const model::ObjectSummary* ObjectTable::next(const model::Bucket& bucket) {
  if (!running_->step()) {
    running_->reset();
    return nullptr;
  }
  summary_.key = running_->bytes(0);
  take_summary(*running_, 1, bucket, summary_);
  return &summary_;
}

}  // namespace pail::store::disk
