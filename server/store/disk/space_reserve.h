#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "store/disk/file_system.h"

namespace pail::store::disk {

/// A file that does nothing but hold space. On a full disk even a deletion needs some, for the
/// catalogue's log: then the file is given up, and made again when there is room. make() by one
/// thread at a time, the rest by any.
class SpaceReserve {
 public:
  /// Some 500 pages of the catalogue: many times what one change writes.
  static constexpr std::size_t kBytes = std::size_t{4} * 1024 * 1024;

  /// Takes over what an earlier process left in `directory`.
  SpaceReserve(std::shared_ptr<FileSystem> file_system, const std::string& directory);

  [[nodiscard]] bool is_there() const { return is_there_; }
  /// Makes the file unless it is there. Where there is no room for it, nothing of it stays.
  void make();
  /// Whether there was a file to give up.
  bool give_up();

 private:
  StoreResult<void> write(const std::string& path);

  std::shared_ptr<FileSystem> file_system_;
  std::string path_;
  std::atomic<bool> is_there_{false};
};

}  // namespace pail::store::disk
