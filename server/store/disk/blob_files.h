#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "store/disk/disk_store.h"
#include "store/disk/file_system.h"

namespace pail::store::disk {

/// The folders blobs/ and tmp/ of a data directory. Thread-safe.
class BlobFiles {
 public:
  BlobFiles(std::shared_ptr<FileSystem> file_system, std::string directory, Durability durability);

  /// Ids start above `largest_id`. Before anything is written.
  void start_above(std::int64_t largest_id) { next_number_ = largest_id / 2 + 1; }
  /// A fresh id, for a blob in a file or in the catalogue.
  std::int64_t make_id(bool file);

  struct Unplaced {
    std::string path;
    std::unique_ptr<WritableFile> file;
  };
  /// A new file in tmp/.
  StoreResult<Unplaced> create(std::int64_t id);
  /// Moves a complete file to where readers look for it; as durable as was asked for.
  StoreResult<void> place(std::int64_t id, Unplaced file);
  StoreResult<std::shared_ptr<const content::OpenFile>> open(std::int64_t id);
  /// A failure leaves garbage: see left_garbage().
  void remove(std::int64_t id);
  void remove_unplaced(const std::string& path);

  /// Makes the folders and removes what an earlier process left in tmp/.
  StoreResult<void> prepare();
  /// Removes every file that `is_named` does not know.
  StoreResult<void> sweep(const std::function<bool(std::int64_t id)>& is_named);
  /// Whether a file could not be removed: the next start must sweep.
  [[nodiscard]] bool left_garbage() const { return left_garbage_; }

 private:
  [[nodiscard]] std::string folder(std::int64_t id) const;
  [[nodiscard]] std::string path(std::int64_t id) const;

  std::shared_ptr<FileSystem> file_system_;
  std::string directory_;
  Durability durability_;
  std::atomic<std::int64_t> next_number_{1};
  std::atomic<bool> left_garbage_{false};
};

}  // namespace pail::store::disk
