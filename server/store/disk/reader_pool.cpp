#include "store/disk/reader_pool.h"

#include <utility>

namespace pail::store::disk {
namespace {

/// A connection costs memory for its page cache; more than this many at once are rare.
constexpr std::size_t kIdleConnections = 16;

}  // namespace

ReaderPool::Lease ReaderPool::lease() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Catalogue> catalogue = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(catalogue)};
    }
  }
  return {*this, std::make_unique<Catalogue>(path_, Database::Mode::kReadOnly)};
}

void ReaderPool::close() {
  const std::lock_guard lock(mutex_);
  idle_.clear();
}

void ReaderPool::give_back(std::unique_ptr<Catalogue> catalogue) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kIdleConnections) idle_.push_back(std::move(catalogue));
}

}  // namespace pail::store::disk
