#include "store/disk/undo_log.h"

namespace pail::store::disk {

/// The statements for one table.
struct UndoLog::Table {
  Table(Database& database, const UndoTable& table)
      : key_count(static_cast<int>(table.keys.size())),
        restore(restore_sql(table)),
        drop(drop_sql(table)),
        touch(database, restore.touch.c_str()),
        touched_keys(database, restore.touched_keys.c_str()),
        erase(database, restore.erase.c_str()),
        put_back(database, restore.put_back.c_str()),
        forget_touched(database, restore.forget_touched.c_str()),
        trim(database, restore.trim.c_str()),
        hand_down(database, drop.hand_down.c_str()),
        erase_images(database, drop.erase.c_str()) {}

  int key_count;
  RestoreSql restore;
  DropSql drop;
  Statement touch;
  Statement touched_keys;
  Statement erase;
  Statement put_back;
  Statement forget_touched;
  Statement trim;
  Statement hand_down;
  Statement erase_images;
};

UndoLog::UndoLog(Database& database)
    : database_(database),
      find_(database, "SELECT id FROM snapshot WHERE name = ?1"),
      newest_(database, "SELECT max(id) FROM snapshot"),
      before_(database, "SELECT max(id) FROM snapshot WHERE id < ?1"),
      insert_(database, "INSERT INTO snapshot(name, created_ms) VALUES(?1, ?2)"),
      erase_(database, "DELETE FROM snapshot WHERE id = ?1"),
      files_(database,
             "SELECT id, size FROM undo_blob"
             " WHERE snapshot = ?1 AND size IS NOT NULL AND id & 1"),
      keeps_(database, "SELECT 1 FROM undo_blob WHERE id = ?1 AND size IS NOT NULL LIMIT 1"),
      active_(database.integer("SELECT count(*) FROM snapshot") != 0),
      was_active_(active_) {
  for (const UndoTable& table : undo_tables()) {
    tables_.push_back(std::make_unique<Table>(database, table));
  }
}

UndoLog::~UndoLog() = default;

std::optional<std::int64_t> UndoLog::find(std::string_view name) {
  const StatementScope scope(find_);
  if (!find_.bind_text(1, name).step()) return {};
  return find_.integer(0);
}

std::int64_t UndoLog::newest() {
  const StatementScope scope(newest_);
  return newest_.step() ? newest_.integer(0) : 0;
}

void UndoLog::set_active(bool active) {
  if (active == active_) return;
  database_.execute((active ? make_triggers_sql() : drop_triggers_sql()).c_str());
  active_ = active;
}

std::vector<BlobFile> UndoLog::save(std::string_view name, time::Timestamp created) {
  std::vector<BlobFile> files;
  if (const auto replaced = find(name)) files = remove(*replaced);
  insert_.bind_text(1, name).bind(2, created.time_since_epoch().count()).run();
  set_active(true);
  return files;
}

std::vector<BlobFile> UndoLog::drop(std::int64_t snapshot) {
  std::vector<BlobFile> files = remove(snapshot);
  if (newest() == 0) set_active(false);
  return files;
}

std::vector<BlobFile> UndoLog::remove(std::int64_t snapshot) {
  std::int64_t before = 0;
  {
    const StatementScope scope(before_);
    if (before_.bind(1, snapshot).step()) before = before_.integer(0);
  }
  if (before != 0) {
    for (const auto& table : tables_) table->hand_down.bind(1, snapshot).bind(2, before).run();
  }
  std::vector<BlobFile> files;
  {
    const StatementScope scope(files_);
    files_.bind(1, snapshot);
    while (files_.step()) {
      files.push_back({files_.integer(0), static_cast<std::uint64_t>(files_.integer(1))});
    }
  }
  for (const auto& table : tables_) table->erase_images.bind(1, snapshot).run();
  erase_.bind(1, snapshot).run();
  return files;
}

void UndoLog::restore(std::int64_t snapshot) {
  for (const auto& table : tables_) bring_back(*table, snapshot);
}

void UndoLog::bring_back(Table& table, std::int64_t snapshot) {
  database_.execute(table.restore.make_touched.c_str());
  table.touch.bind(1, snapshot).run();
  // First all that must not be there, so that nothing stands in the way of what comes back.
  const StatementScope scope(table.touched_keys);
  while (table.touched_keys.step()) {
    for (int key = 0; key < table.key_count; ++key) {
      table.erase.bind_column(key + 1, table.touched_keys, key);
    }
    table.erase.run();
  }
  table.touched_keys.reset();
  table.put_back.run();
}

std::vector<std::int64_t> UndoLog::touched_buckets() {
  std::vector<std::int64_t> out;
  Statement ids(database_,
                "SELECT id FROM temp.touched_bucket"
                " UNION SELECT bucket_id FROM temp.touched_bucket_document");
  while (ids.step()) out.push_back(ids.integer(0));
  return out;
}

std::vector<std::int64_t> UndoLog::touched_files_without_row() {
  std::vector<std::int64_t> out;
  Statement ids(database_,
                "SELECT id FROM temp.touched_blob AS t WHERE id & 1"
                " AND NOT EXISTS (SELECT 1 FROM blob AS b WHERE b.id = t.id)");
  while (ids.step()) out.push_back(ids.integer(0));
  return out;
}

void UndoLog::finish_restoring(std::int64_t snapshot) {
  const std::int64_t last = newest();
  for (const auto& table : tables_) {
    // Restored to the newest, the store is what its images say.
    (snapshot == last ? table->erase_images : table->trim).bind(1, last).run();
    table->forget_touched.run();
  }
}

bool UndoLog::keeps(std::int64_t blob_id) {
  const StatementScope scope(keeps_);
  return keeps_.bind(1, blob_id).step();
}

std::int64_t UndoLog::largest_blob_id() {
  return database_.integer("SELECT max(id) FROM undo_blob WHERE size IS NOT NULL");
}

}  // namespace pail::store::disk
