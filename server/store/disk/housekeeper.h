#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/disk/blob_files.h"
#include "store/disk/space_reserve.h"
#include "store/disk/sqlite.h"

namespace pail::store::disk {

/// A thread for what nobody should wait for: removing files (of a large one the file system takes
/// its time), copying the write-ahead log into the database, and making the reserve of space again.
class Housekeeper {
 public:
  /// `reserve` outlives the housekeeper.
  Housekeeper(const std::string& catalogue_path, std::shared_ptr<BlobFiles> files,
              SpaceReserve& reserve);
  /// Removes what is queued, then ends.
  ~Housekeeper();

  void remove_files(std::vector<std::int64_t> ids);
  void copy_log();
  /// Makes the reserve again, if there is room; not more often than once in a second unless files
  /// were removed, since a disk that is nearly full is full while it is tried.
  void make_reserve();

 private:
  void run();
  void checkpoint();
  void try_reserving(bool files_were_removed);

  Database database_;
  std::shared_ptr<BlobFiles> files_;
  SpaceReserve& reserve_;
  std::chrono::steady_clock::time_point last_reserving_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::vector<std::int64_t> removals_;
  bool checkpoint_wanted_ = false;
  bool reserve_wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pail::store::disk
