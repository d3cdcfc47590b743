#include "store/disk/bucket_table.h"

#include <chrono>
#include <utility>

namespace pail::store::disk {

BucketTable::BucketTable(Database& database)
    : all_(database, "SELECT id, name, region, owner, created_ms, revision FROM bucket"),
      one_(database,
           "SELECT id, name, region, owner, created_ms, revision FROM bucket WHERE id = ?1"),
      documents_(database, "SELECT kind, body FROM bucket_document WHERE bucket_id = ?1"),
      insert_(database,
              "INSERT INTO bucket(name, region, owner, created_ms, revision)"
              " VALUES(?1, ?2, ?3, ?4, ?5) RETURNING id"),
      erase_(database, "DELETE FROM bucket WHERE id = ?1"),
      erase_documents_(database, "DELETE FROM bucket_document WHERE bucket_id = ?1"),
      put_document_(database, "INSERT OR REPLACE INTO bucket_document VALUES(?1, ?2, ?3)"),
      erase_document_(database, "DELETE FROM bucket_document WHERE bucket_id = ?1 AND kind = ?2"),
      set_revision_(database, "UPDATE bucket SET revision = ?2 WHERE id = ?1") {}

std::vector<model::Bucket> BucketTable::read_all() {
  std::vector<model::Bucket> out;
  const StatementScope scope(all_);
  while (all_.step()) out.push_back(take(all_));
  return out;
}

std::optional<model::Bucket> BucketTable::read(std::int64_t bucket_id) {
  const StatementScope scope(one_);
  if (!one_.bind(1, bucket_id).step()) return {};
  return take(one_);
}

model::Bucket BucketTable::take(const Statement& row) {
  model::Bucket bucket;
  bucket.id = row.integer(0);
  bucket.name = row.bytes(1);
  bucket.region = row.bytes(2);
  bucket.owner_id = row.bytes(3);
  bucket.created = time::Timestamp(std::chrono::milliseconds(row.integer(4)));
  bucket.revision = static_cast<std::uint64_t>(row.integer(5));
  const StatementScope scope(documents_);
  documents_.bind(1, bucket.id);
  while (documents_.step()) bucket.documents.emplace(documents_.bytes(0), documents_.bytes(1));
  return bucket;
}

void BucketTable::insert(model::Bucket& bucket) {
  const StatementScope scope(insert_);
  insert_.bind_text(1, bucket.name)
      .bind_text(2, bucket.region)
      .bind_text(3, bucket.owner_id)
      .bind(4, bucket.created.time_since_epoch().count())
      .bind(5, static_cast<std::int64_t>(bucket.revision));
  if (insert_.step()) bucket.id = insert_.integer(0);
}

void BucketTable::erase(std::int64_t bucket_id) {
  erase_documents_.bind(1, bucket_id).run();
  erase_.bind(1, bucket_id).run();
}

void BucketTable::put_document(std::int64_t bucket_id, std::string_view kind,
                               std::string_view body) {
  put_document_.bind(1, bucket_id).bind_text(2, kind).bind_bytes(3, body).run();
}

void BucketTable::erase_document(std::int64_t bucket_id, std::string_view kind) {
  erase_document_.bind(1, bucket_id).bind_text(2, kind).run();
}

void BucketTable::set_revision(std::int64_t bucket_id, std::uint64_t revision) {
  set_revision_.bind(1, bucket_id).bind(2, static_cast<std::int64_t>(revision)).run();
}

}  // namespace pail::store::disk
