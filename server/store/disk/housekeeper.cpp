#include "store/disk/housekeeper.h"

#include <utility>

namespace pail::store::disk {
Housekeeper::Housekeeper(const std::string& catalogue_path, std::shared_ptr<BlobFiles> files,
                         SpaceReserve& reserve)
    : database_(catalogue_path, Database::Mode::kReadWrite),
      files_(std::move(files)),
      reserve_(reserve),
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

void Housekeeper::make_reserve() {
  {
    const std::lock_guard lock(mutex_);
    reserve_wanted_ = true;
  }
  work_.notify_one();
}

void Housekeeper::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] {
      return stopping_ || checkpoint_wanted_ || reserve_wanted_ || !removals_.empty();
    });
    const std::vector<std::int64_t> removals = std::exchange(removals_, {});
    const bool wanted = checkpoint_wanted_;
    const bool reserving = std::exchange(reserve_wanted_, false);
    if (removals.empty() && !wanted && !reserving) return;
    lock.unlock();
    for (const std::int64_t id : removals) files_->remove(id);
    if (wanted) checkpoint();
    if (reserving || !removals.empty()) try_reserving(!removals.empty());
    lock.lock();
    if (wanted) checkpoint_wanted_ = false;
  }
}

void Housekeeper::try_reserving(bool files_were_removed) {
  if (reserve_.is_there()) return;
  const auto now = std::chrono::steady_clock::now();
  if (!files_were_removed && now - last_reserving_ < std::chrono::seconds(1)) return;
  last_reserving_ = now;
  reserve_.make();
}

void Housekeeper::checkpoint() {
  try {
    // A connection that has read nothing yet does not know of the log, and would copy nothing.
    database_.integer("PRAGMA user_version");
    database_.checkpoint_passively();
  } catch (const CatalogueFailure&) {
    // The log only stays longer; a disk that is full or broken shows itself to the next writer.
  }
}

}  // namespace pail::store::disk
