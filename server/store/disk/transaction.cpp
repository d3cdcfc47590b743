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
    BlobTable::Released released = catalogue_.blobs.release(segment.blob_id);
    if (!released.last) continue;
    pins_.dying(Orphan{segment.blob_id, released.size_bytes, std::move(released.data)});
  }
}

void Transaction::publish() {
  buckets_.publish();
  for (const std::int64_t id : adopted_) pins_.adopted(id);
  adopted_.clear();
}

void Transaction::discard() {
  buckets_.discard();
  adopted_.clear();
  pins_.all_spared();
}

}  // namespace pail::store::disk
