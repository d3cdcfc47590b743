#include "store/disk/housekeeper.h"

#include <utility>

namespace pail::store::disk {
Housekeeper::Housekeeper(const std::string& catalogue_path, std::shared_ptr<BlobFiles> files)
    : database_(catalogue_path, Database::Mode::kReadWrite),
      files_(std::move(files)),
      thread_([this] { run(); }) {}

Housekeeper::~Housekeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void Housekeeper::remove_files(std::vector<std::int64_t> ids) {
  if (ids.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    removals_.insert(removals_.end(), ids.begin(), ids.end());
  }
  work_.notify_one();
}

void Housekeeper::copy_log() {
  {
    const std::lock_guard lock(mutex_);
    if (checkpoint_wanted_) return;
    checkpoint_wanted_ = true;
  }
  work_.notify_one();
}

void Housekeeper::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stopping_ || checkpoint_wanted_ || !removals_.empty(); });
    const std::vector<std::int64_t> removals = std::exchange(removals_, {});
    const bool wanted = checkpoint_wanted_;
    if (removals.empty() && !wanted) return;
    lock.unlock();
    for (const std::int64_t id : removals) files_->remove(id);
    if (wanted) checkpoint();
    lock.lock();
    if (wanted) checkpoint_wanted_ = false;
  }
}

void Housekeeper::checkpoint() {
  try {
    database_.checkpoint_passively();
  } catch (const CatalogueFailure&) {
    // The log only stays longer; a disk that is full or broken shows itself to the next writer.
  }
}

}  // namespace pail::store::disk
