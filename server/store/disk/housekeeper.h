#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/disk/blob_files.h"
#include "store/disk/sqlite.h"

namespace pail::store::disk {

/// A thread for what nobody should wait for: removing files (of a large one the file system takes
/// its time) and copying the write-ahead log into the database.
class Housekeeper {
 public:
  Housekeeper(const std::string& catalogue_path, std::shared_ptr<BlobFiles> files);
  /// Removes what is queued, then ends.
  ~Housekeeper();

  void remove_files(std::vector<std::int64_t> ids);
  void copy_log();

 private:
  void run();
  void checkpoint();

  Database database_;
  std::shared_ptr<BlobFiles> files_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::vector<std::int64_t> removals_;
  bool checkpoint_wanted_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pail::store::disk
