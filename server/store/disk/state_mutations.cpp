#include "store/disk/state_mutations.h"

#include <memory>
#include <utility>
#include <vector>

#include "store/disk/guard_check.h"
#include "store/disk/object_row.h"

namespace pail::store::disk {
namespace {

// Where there are no snapshots SQLite empties a table as a whole instead of row by row.
constexpr const char* kEmptyAllTables =
    "DELETE FROM object; DELETE FROM version; DELETE FROM part; DELETE FROM upload;"
    "DELETE FROM bucket_document; DELETE FROM bucket; DELETE FROM blob";

constexpr const char* kSegmentsOfBucket =
    "SELECT segments FROM object WHERE bucket_id = ?1"
    " UNION ALL SELECT segments FROM version WHERE bucket_id = ?1"
    " UNION ALL SELECT segments FROM part WHERE upload IN"
    " (SELECT id FROM upload WHERE bucket_id = ?1)";

constexpr const char* kEmptyTablesOfBucket[] = {
    "DELETE FROM object WHERE bucket_id = ?1",
    "DELETE FROM version WHERE bucket_id = ?1",
    "DELETE FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket_id = ?1)",
    "DELETE FROM upload WHERE bucket_id = ?1",
};

/// Of the blobs that somebody held and the files that nobody held, those that have no row now.
void see_to_blobs(Transaction& transaction, std::vector<Orphan> held,
                  const std::vector<std::int64_t>& files) {
  BlobTable& blobs = transaction.catalogue().blobs;
  for (const std::int64_t id : files) {
    if (!transaction.is_held(id)) transaction.row_is_gone({id, 0, nullptr});
  }
  for (Orphan& blob : held) {
    if (!blobs.exists(blob.id)) transaction.row_is_gone(std::move(blob));
  }
}

/// Images that went with a snapshot may have been the last to need a blob.
void see_to_files(Transaction& transaction, const std::vector<BlobFile>& files) {
  for (const BlobFile& file : files) {
    if (transaction.catalogue().blobs.exists(file.id)) continue;
    transaction.row_is_gone({file.id, file.size_bytes, nullptr});
  }
}

/// The cache is to say what the tables say.
void see_to_buckets(Transaction& transaction, const std::vector<std::int64_t>& ids) {
  BucketCache& cache = transaction.buckets();
  // First all that goes: another one may have the name.
  for (const std::int64_t id : ids) {
    if (SharedBucket known = cache.find_staged(id)) cache.stage_removal(std::move(known));
  }
  BucketTable& table = transaction.catalogue().buckets;
  for (const std::int64_t id : ids) {
    auto bucket = table.read(id);
    if (!bucket) continue;
    bucket->revision = cache.next_revision();
    table.set_revision(id, bucket->revision);
    cache.stage(std::make_shared<const model::Bucket>(std::move(*bucket)));
  }
}

}  // namespace

void Clear::apply(Transaction& transaction) {
  transaction.keep_readers_out();
  std::vector<Orphan> held = transaction.held_blobs();
  const std::vector<std::int64_t> files = transaction.catalogue().blobs.file_ids();
  transaction.catalogue().database.execute(kEmptyAllTables);
  see_to_blobs(transaction, std::move(held), files);
  for (SharedBucket& bucket : transaction.buckets().list_staged()) {
    transaction.buckets().stage_removal(std::move(bucket));
  }
  transaction.forget_versions();
}

void ClearBucket::apply(Transaction& transaction) {
  if (!transaction.buckets().find_staged(bucket_id_)) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  transaction.keep_readers_out();
  Database& database = transaction.catalogue().database;
  {
    Statement rows(database, kSegmentsOfBucket);
    rows.bind(1, bucket_id_);
    while (rows.step()) transaction.release(take_segments(rows.bytes(0), "of a bucket"));
  }
  for (const char* sql : kEmptyTablesOfBucket) {
    Statement(database, sql).bind(1, bucket_id_).run();
  }
  transaction.forget_versions();
}

void SaveSnapshot::apply(Transaction& transaction) {
  see_to_files(transaction, transaction.undo().save(name_, created_));
}

void RestoreSnapshot::apply(Transaction& transaction) {
  UndoLog& undo = transaction.undo();
  const auto snapshot = undo.find(name_);
  if (!snapshot) {
    result = failure(StoreErrorKind::kNoSuchSnapshot);
    return;
  }
  transaction.keep_readers_out();
  std::vector<Orphan> held = transaction.held_blobs();
  undo.restore(*snapshot);
  see_to_buckets(transaction, undo.touched_buckets());
  const std::vector<std::int64_t> files = undo.touched_files_without_row();
  undo.finish_restoring(*snapshot);
  see_to_blobs(transaction, std::move(held), files);
  transaction.forget_versions();
}

void DropSnapshot::apply(Transaction& transaction) {
  UndoLog& undo = transaction.undo();
  const auto snapshot = undo.find(name_);
  if (!snapshot) {
    result = failure(StoreErrorKind::kNoSuchSnapshot);
    return;
  }
  see_to_files(transaction, undo.drop(*snapshot));
}

}  // namespace pail::store::disk
