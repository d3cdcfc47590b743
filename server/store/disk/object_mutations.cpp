#include <utility>

#include "store/disk/guard_check.h"
#include "store/disk/mutations.h"

namespace pail::store::disk {

PutObject::PutObject(std::int64_t bucket_id, model::ObjectVersion version, Content content,
                     Guard guard)
    : bucket_id_(bucket_id),
      version_(std::move(version)),
      content_(std::move(content)),
      guard_(std::move(guard)) {
  version_.size_bytes = content_.size_bytes;
}

void PutObject::apply(Transaction& transaction) {
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  ObjectTable& objects = transaction.catalogue().objects;
  std::optional<std::vector<Segment>> replaced;
  if (auto error = ask(guard_, objects, *bucket, version_.key, replaced)) {
    result = refuse(std::move(*error));
    return;
  }
  // First the new, then the old: an object may be put over itself.
  transaction.reference(content_.segments);
  if (replaced) transaction.release(*replaced);
  objects.put(*bucket, version_, content_.segments);
}

std::vector<StoreResult<bool>> DeleteObjects::fail_with(const StoreError& failure) const {
  std::vector<StoreResult<bool>> results;
  for (std::size_t i = 0; i < deletions_.size(); ++i) results.emplace_back(Unexpected{failure});
  return results;
}

void DeleteObjects::apply(Transaction& transaction) {
  result.clear();
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = fail_with(StoreError{StoreErrorKind::kNoSuchBucket, {}, {}});
    return;
  }
  ObjectTable& objects = transaction.catalogue().objects;
  for (const Store::Deletion& deletion : deletions_) {
    std::optional<std::vector<Segment>> removed;
    if (auto error = ask(deletion.guard, objects, *bucket, deletion.key, removed)) {
      result.emplace_back(refuse(std::move(*error)));
      continue;
    }
    if (removed) {
      transaction.release(*removed);
      objects.erase(*bucket, deletion.key);
    }
    result.emplace_back(removed.has_value());
  }
}

void UpdateObject::apply(Transaction& transaction) {
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  ObjectTable& objects = transaction.catalogue().objects;
  std::optional<ObjectRow> row = objects.find(*bucket, key_);
  if (!row) {
    result = failure(StoreErrorKind::kNoSuchObject);
    return;
  }
  model::ObjectVersion version = row->version;
  mutation_(version);
  version.key = key_;
  version.etag = row->version.etag;
  version.size_bytes = row->version.size_bytes;
  objects.put(*bucket, version, row->segments);
}

}  // namespace pail::store::disk
