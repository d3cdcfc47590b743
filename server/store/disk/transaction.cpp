#include "store/disk/transaction.h"

#include <optional>
#include <utility>

namespace pail::store::disk {

bool Transaction::has_versions(std::int64_t bucket_id) {
  const auto known = has_versions_.find(bucket_id);
  if (known != has_versions_.end()) return known->second;
  const bool any = catalogue_.versions.any(bucket_id);
  has_versions_.emplace(bucket_id, any);
  return any;
}

void Transaction::reference(const std::vector<Segment>& segments) {
  for (const Segment& segment : segments) reference(segment);
}

void Transaction::reference(const Segment& segment) {
  const std::int64_t id = segment.blob_id;
  if (segment.inline_blob) {
    catalogue_.blobs.add(id, segment.inline_blob->size(), segment.inline_blob.get());
    pins_.spared(id);
    return;
  }
  if (catalogue_.blobs.reference(id)) return;
  // No row names it: it is new, or its last row went while the caller held it, maybe in this very
  // transaction.
  const std::optional<Orphan> orphan = pins_.find_orphan(id);
  if (!orphan) {
    throw CatalogueFailure(StoreErrorKind::kBroken,
                           "blob " + std::to_string(id) + " was named without being held");
  }
  catalogue_.blobs.add(id, orphan->size_bytes, orphan->data.get());
  pins_.spared(id);
  adopted_.push_back(id);
}

void Transaction::release(const std::vector<Segment>& segments) {
  for (const Segment& segment : segments) {
    const std::int64_t id = segment.blob_id;
    const bool with_data = !readers_out_.owns_lock() || pins_.is_held(id);
    BlobTable::Released released = catalogue_.blobs.release(id, with_data);
    if (released.last) row_is_gone({id, released.size_bytes, std::move(released.data)});
  }
}

void Transaction::keep_readers_out() {
  if (!readers_out_.owns_lock()) readers_out_ = std::unique_lock(pins_.gate());
}

std::vector<Orphan> Transaction::held_blobs() {
  std::vector<Orphan> out;
  for (const std::int64_t id : pins_.held()) {
    if (auto blob = catalogue_.blobs.find(id)) {
      out.push_back({id, blob->size_bytes, std::move(blob->data)});
    }
  }
  return out;
}

void Transaction::row_is_gone(Orphan blob) {
  blob.kept = undo_.active() && undo_.keeps(blob.id);
  const bool nobody_will_ask = readers_out_.owns_lock() && !pins_.is_held(blob.id);
  if (nobody_will_ask && (blob.kept || !is_file(blob.id))) return;
  pins_.dying(std::move(blob));
}

void Transaction::publish() {
  buckets_.publish();
  for (const std::int64_t id : adopted_) pins_.adopted(id);
  adopted_.clear();
  undo_.committed();
  if (!readers_out_.owns_lock()) return;
  removable_files_ = pins_.bury_behind_gate();
  readers_out_.unlock();
}

std::vector<std::int64_t> Transaction::take_removable_files() {
  std::vector<std::int64_t> files = pins_.bury();
  files.insert(files.end(), removable_files_.begin(), removable_files_.end());
  removable_files_.clear();
  return files;
}

void Transaction::discard() {
  buckets_.discard();
  undo_.rolled_back();
  has_versions_.clear();
  if (readers_out_.owns_lock()) readers_out_.unlock();
  adopted_.clear();
  pins_.all_spared();
}

}  // namespace pail::store::disk
