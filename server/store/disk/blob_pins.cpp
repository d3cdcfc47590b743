#include "store/disk/blob_pins.h"

#include <algorithm>
#include <utility>

#include "store/disk/blob_table.h"

namespace pail::store::disk {

namespace {

/// Whether a file goes with the orphan.
bool has_own_file(const Orphan& orphan) { return is_file(orphan.id) && !orphan.kept; }

}  // namespace

PinGate::PinGate() {
  pthread_rwlockattr_t attributes;
  pthread_rwlockattr_init(&attributes);
#ifdef __GLIBC__
  pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
#endif
  pthread_rwlock_init(&lock_, &attributes);
  pthread_rwlockattr_destroy(&attributes);
}

class BlobPins::Pins {
 public:
  Pins(std::shared_ptr<BlobPins> owner, std::vector<std::int64_t> ids)
      : owner_(std::move(owner)), ids_(std::move(ids)) {}
  Pins(const Pins&) = delete;
  Pins& operator=(const Pins&) = delete;
  ~Pins() { owner_->unpin(ids_); }

 private:
  std::shared_ptr<BlobPins> owner_;
  std::vector<std::int64_t> ids_;
};

std::shared_ptr<void> BlobPins::pin(const std::vector<Segment>& segments) {
  std::vector<std::int64_t> ids;
  for (const Segment& segment : segments) {
    // Bytes at hand need no pin.
    if (!segment.inline_blob) ids.push_back(segment.blob_id);
  }
  if (ids.empty()) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    for (const std::int64_t id : ids) ++entries_[id].pins;
  }
  return std::make_shared<Pins>(shared_from_this(), std::move(ids));
}

std::shared_ptr<void> BlobPins::pin_fresh_file(std::int64_t id, std::uint64_t size_bytes) {
  {
    const std::lock_guard lock(mutex_);
    entries_[id] = Entry{1, Orphan{id, size_bytes, nullptr}};
  }
  return std::make_shared<Pins>(shared_from_this(), std::vector<std::int64_t>{id});
}

std::optional<Orphan> BlobPins::find_orphan(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  if (const auto found = dying_.find(id); found != dying_.end()) return found->second;
  const auto found = entries_.find(id);
  if (found == entries_.end()) return {};
  return found->second.orphan;
}

bool BlobPins::is_held(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  return entries_.contains(id);
}

std::vector<std::int64_t> BlobPins::held() {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> out;
  out.reserve(entries_.size());
  for (const auto& [id, entry] : entries_) out.push_back(id);
  return out;
}

void BlobPins::dying(Orphan orphan) {
  const std::lock_guard lock(mutex_);
  dying_[orphan.id] = std::move(orphan);
}

void BlobPins::spared(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  dying_.erase(id);
}

void BlobPins::all_spared() {
  const std::lock_guard lock(mutex_);
  dying_.clear();
}

void BlobPins::adopted(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(id);
  if (found != entries_.end()) found->second.orphan.reset();
}

std::vector<std::int64_t> BlobPins::bury() {
  // Only the writer thread changes dying_, so it may look without the gate.
  {
    const std::lock_guard lock(mutex_);
    if (dying_.empty()) return {};
  }
  const std::lock_guard gate(gate_);
  return bury_behind_gate();
}

std::vector<std::int64_t> BlobPins::bury_behind_gate() {
  std::vector<std::int64_t> removable;
  const std::lock_guard lock(mutex_);
  for (auto& [id, orphan] : dying_) {
    const auto found = entries_.find(id);
    const bool removed = has_own_file(orphan);
    if (found != entries_.end()) {
      found->second.orphan = std::move(orphan);
    } else if (removed) {
      removable.push_back(id);
    }
  }
  dying_.clear();
  return removable;
}

void BlobPins::unpin(const std::vector<std::int64_t>& ids) {
  std::vector<std::int64_t> removable;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    for (const std::int64_t id : ids) {
      const auto found = entries_.find(id);
      if (--found->second.pins > 0) continue;
      if (found->second.orphan && has_own_file(*found->second.orphan)) removable.push_back(id);
      entries_.erase(found);
    }
  }
  for (const std::int64_t id : removable) files_->remove(id);
}

void BlobPins::close() {
  std::unordered_map<std::int64_t, Entry> entries;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    entries.swap(entries_);
  }
  for (const auto& [id, entry] : entries) {
    if (entry.orphan && has_own_file(*entry.orphan)) files_->remove(id);
  }
}

}  // namespace pail::store::disk
