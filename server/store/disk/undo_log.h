#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "store/disk/sqlite.h"
#include "store/disk/undo_tables.h"
#include "time/clock.h"

namespace pail::store::disk {

/// A file that a blob is in.
struct BlobFile {
  std::int64_t id = 0;
  std::uint64_t size_bytes = 0;
};

/// The snapshots of a catalogue, on the connection that writes. A snapshot is a number; what is
/// changed while it is the newest is kept under that number as it was, by triggers of the catalogue
/// itself, so that no change can be forgotten. The state at a snapshot is: of each row the image
/// under the smallest number from there on, and where there is none, the row. Bringing it back is a
/// change like others and leaves images under the newest number, so that newer snapshots stay what
/// they are. Throws CatalogueFailure.
class UndoLog {
 public:
  explicit UndoLog(Database& database);
  UndoLog(const UndoLog&) = delete;
  UndoLog& operator=(const UndoLog&) = delete;
  ~UndoLog();

  /// Whether there is a snapshot.
  [[nodiscard]] bool active() const { return active_; }
  std::optional<std::int64_t> find(std::string_view name);
  /// Takes the place of the snapshot of that name. Returns the files of blobs of which an image
  /// went.
  std::vector<BlobFile> save(std::string_view name, time::Timestamp created);
  /// The same.
  std::vector<BlobFile> drop(std::int64_t snapshot);

  /// Brings every table back, but for what is known of it elsewhere: the caller sees to the buckets
  /// and blobs that were touched, and then calls finish_restoring().
  void restore(std::int64_t snapshot);
  std::vector<std::int64_t> touched_buckets();
  /// Files of blobs that have no row now.
  std::vector<std::int64_t> touched_files_without_row();
  /// Forgets images that say what is so anyway: in the long run only what really differs costs.
  void finish_restoring(std::int64_t snapshot);

  /// Whether a snapshot needs the blob, whatever becomes of its row.
  bool keeps(std::int64_t blob_id);
  /// Of the blobs that a snapshot needs; 0 if there is none.
  std::int64_t largest_blob_id();

  /// After the end of the transaction.
  void committed() { was_active_ = active_; }
  void rolled_back() { active_ = was_active_; }

 private:
  struct Table;
  /// 0 if there is none.
  std::int64_t newest();
  void set_active(bool active);
  std::vector<BlobFile> remove(std::int64_t snapshot);
  void bring_back(Table& table, std::int64_t snapshot);

  Database& database_;
  std::vector<std::unique_ptr<Table>> tables_;
  Statement find_;
  Statement newest_;
  Statement before_;
  Statement insert_;
  Statement erase_;
  Statement files_;
  Statement keeps_;
  bool active_ = false;
  bool was_active_ = false;
};

}  // namespace pail::store::disk
