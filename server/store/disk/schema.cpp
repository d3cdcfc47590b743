#include "store/disk/schema.h"

#include "store/disk/undo_tables.h"

namespace pail::store::disk {
namespace {

/// Measured against 4 KiB: writes and listings cost a fifth less, single reads the same.
constexpr int kPageBytes = 8192;

constexpr std::int64_t kApplicationId = 0x7061696C;  // "pail"

// In `object` what a listing shows stands first, and what may be long stands last and small blobs
// in a table of their own, so that a page of a listing reads few pages. The table holds only what
// is current: a listing never has to pass over versions and delete markers.
constexpr const char* kSchema = R"(
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE bucket(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE, region TEXT NOT NULL, owner TEXT NOT NULL,
  created_ms INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT;
CREATE TABLE bucket_document(
  bucket_id INTEGER NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY(bucket_id, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE object(
  bucket_id INTEGER NOT NULL, key BLOB NOT NULL,
  size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, etag TEXT NOT NULL,
  storage_class TEXT, checksum INTEGER NOT NULL, owner TEXT, version_id TEXT,
  record BLOB NOT NULL, segments BLOB NOT NULL,
  PRIMARY KEY(bucket_id, key)) STRICT, WITHOUT ROWID;
CREATE TABLE blob(
  id INTEGER PRIMARY KEY, size INTEGER NOT NULL, refs INTEGER NOT NULL, data BLOB) STRICT;
CREATE TABLE upload(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket_id INTEGER NOT NULL, upload_id TEXT NOT NULL, key BLOB NOT NULL,
  initiated_ms INTEGER NOT NULL, completed_ms INTEGER, completed_etag TEXT,
  record BLOB NOT NULL,
  UNIQUE(bucket_id, upload_id)) STRICT;
CREATE INDEX upload_unfinished ON upload(bucket_id, key, initiated_ms, upload_id)
  WHERE completed_ms IS NULL;
CREATE INDEX upload_completed ON upload(completed_ms) WHERE completed_ms IS NOT NULL;
CREATE TABLE part(
  upload INTEGER NOT NULL, number INTEGER NOT NULL,
  size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, etag TEXT NOT NULL,
  record BLOB NOT NULL, segments BLOB NOT NULL,
  PRIMARY KEY(upload, number)) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('clean', 1);
)";

// Since format 2. All versions that are no current object; rank falls from one to the next newer.
constexpr const char* kVersionSchema = R"(
CREATE TABLE version(
  bucket_id INTEGER NOT NULL, key BLOB NOT NULL, rank INTEGER NOT NULL,
  is_delete_marker INTEGER NOT NULL, noncurrent_since_ms INTEGER,
  size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, etag TEXT NOT NULL,
  storage_class TEXT, checksum INTEGER NOT NULL, owner TEXT, version_id TEXT NOT NULL,
  record BLOB NOT NULL, segments BLOB NOT NULL,
  PRIMARY KEY(bucket_id, key, rank)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX version_by_id ON version(bucket_id, key, version_id);
)";

/// Since format 3 there are snapshots.
void make_snapshot_tables(Database& database) { database.execute(snapshot_schema().c_str()); }

void set_format(Database& database) {
  database.execute(("PRAGMA user_version=" + std::to_string(kFormatVersion)).c_str());
}

void create(Database& database) {
  database.execute("BEGIN IMMEDIATE");
  database.execute(kSchema);
  database.execute(kVersionSchema);
  make_snapshot_tables(database);
  database.execute(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
  set_format(database);
  database.execute("COMMIT");
}

/// All or nothing.
void migrate(Database& database, std::int64_t from) {
  database.execute("BEGIN IMMEDIATE");
  if (from < 2) database.execute(kVersionSchema);
  if (from < 3) make_snapshot_tables(database);
  set_format(database);
  database.execute("COMMIT");
}

}  // namespace

Result<void, std::string> prepare_schema(Database& database) {
  const std::int64_t version = database.integer("PRAGMA user_version");
  if (version == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0) {
    database.execute(("PRAGMA page_size=" + std::to_string(kPageBytes)).c_str());
    database.execute("PRAGMA journal_mode=WAL");
    create(database);
    return {};
  }
  if (database.integer("PRAGMA application_id") != kApplicationId) {
    return Unexpected{std::string("its catalogue.sqlite was not made by pail")};
  }
  if (version > kFormatVersion) {
    return Unexpected{"it was written by a newer pail (format " + std::to_string(version) +
                      ", this one knows " + std::to_string(kFormatVersion) +
                      "): start that version, or choose another directory"};
  }
  database.execute("PRAGMA journal_mode=WAL");
  if (version < kFormatVersion) migrate(database, version);
  return {};
}

bool take_clean_mark(Database& database) {
  const bool clean = database.integer("SELECT value FROM meta WHERE name='clean'") == 1;
  if (clean) database.execute("UPDATE meta SET value=0 WHERE name='clean'");
  return clean;
}

void set_clean_mark(Database& database) {
  database.execute("UPDATE meta SET value=1 WHERE name='clean'");
}

}  // namespace pail::store::disk
