#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "content/piece.h"
#include "store/store.h"

namespace pail::store::disk {

/// A file that is being written. Closed with it.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  /// All of it, or an error.
  virtual StoreResult<void> write(std::span<const std::byte> bytes) = 0;
  /// Returns when the bytes are on the medium.
  virtual StoreResult<void> sync() = 0;
};

/// What the store asks of the file system for blobs: an interface so that each single operation can
/// be made to fail. Thread-safe. Errors are kNoSpace (full, quota) or kBroken, and name the path.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  /// Fails when the path exists.
  virtual StoreResult<std::unique_ptr<WritableFile>> create(const std::string& path) = 0;
  virtual StoreResult<std::shared_ptr<const content::OpenFile>> open(const std::string& path) = 0;
  /// Replaces `to`. False when the folder of `to` is not there (or `from` is not).
  virtual StoreResult<bool> rename(const std::string& from, const std::string& to) = 0;
  /// A file that is not there is no error.
  virtual StoreResult<void> remove(const std::string& path) = 0;
  /// A folder that is there is no error.
  virtual StoreResult<void> make_directory(const std::string& path) = 0;
  /// Makes the names in a folder durable.
  virtual StoreResult<void> sync_directory(const std::string& path) = 0;
  /// The names in a folder; none when it is not there.
  virtual StoreResult<void> list(const std::string& path,
                                 const std::function<void(std::string_view name)>& visit) = 0;
};

/// The file system of the machine. Files get mode 0600, folders 0700.
std::shared_ptr<FileSystem> make_posix_file_system();

}  // namespace pail::store::disk
