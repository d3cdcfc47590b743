#include <utility>

#include "store/disk/guard_check.h"
#include "store/disk/mutations.h"
#include "store/disk/version_order.h"

namespace pail::store::disk {

PutObject::PutObject(std::int64_t bucket_id, model::ObjectVersion version, Content content,
                     Guard guard)
    : bucket_id_(bucket_id),
      version_(std::move(version)),
      content_(std::move(content)),
      guard_(std::move(guard)) {
  version_.is_delete_marker = false;
}

void PutObject::apply(Transaction& transaction) {
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  std::optional<CurrentObject> current;
  if (auto error = ask(guard_, transaction.catalogue().objects, *bucket, version_.key, current)) {
    result = refuse(std::move(*error));
    return;
  }
  // First the new, then the old: an object may be put over itself.
  transaction.reference(content_.segments);
  add_version(transaction, *bucket, current, version_, content_.segments);
}

namespace {

/// A deletion without an id: of the current object, or a delete marker over it.
StoreResult<Store::Deleted> remove_latest(Transaction& transaction, const model::Bucket& bucket,
                                          Store::Deletion& deletion) {
  std::optional<CurrentObject> current;
  if (auto error =
          ask(deletion.guard, transaction.catalogue().objects, bucket, deletion.key, current)) {
    return refuse(std::move(*error));
  }
  if (deletion.marker) {
    deletion.marker->key = deletion.key;
    deletion.marker->is_delete_marker = true;
    add_version(transaction, bucket, current, *deletion.marker, {});
  } else if (current) {
    remove_current(transaction, bucket, deletion.key, current->segments);
  }
  return Store::Deleted{current.has_value(), false};
}

StoreResult<Store::Deleted> remove_by_id(Transaction& transaction, const model::Bucket& bucket,
                                         const Store::Deletion& deletion) {
  const auto found =
      find_version(transaction.catalogue(), bucket, deletion.key, deletion.version_id);
  if (deletion.guard) {
    if (auto error = deletion.guard(found ? &found->version : nullptr)) {
      return refuse(std::move(*error));
    }
  }
  if (!found) return Store::Deleted{};
  remove_version(transaction, bucket, *found);
  return Store::Deleted{true, found->version.is_delete_marker};
}

}  // namespace

std::vector<StoreResult<Store::Deleted>> DeleteObjects::fail_with(const StoreError& failure) const {
  std::vector<StoreResult<Store::Deleted>> results;
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
  for (Store::Deletion& deletion : deletions_) {
    result.push_back(deletion.version_id ? remove_by_id(transaction, *bucket, deletion)
                                         : remove_latest(transaction, *bucket, deletion));
  }
}

void UpdateObject::apply(Transaction& transaction) {
  const SharedBucket bucket = transaction.buckets().find_staged(bucket_id_);
  if (!bucket) {
    result = failure(StoreErrorKind::kNoSuchBucket);
    return;
  }
  std::optional<FoundVersion> found =
      find_version(transaction.catalogue(), *bucket, key_, version_id_);
  if (!found) {
    result = failure(version_id_ ? StoreErrorKind::kNoSuchVersion : StoreErrorKind::kNoSuchObject);
    return;
  }
  model::ObjectVersion before = found->version;
  if (auto error = update_(found->version)) {
    result = refuse(std::move(*error));
    return;
  }
  found->version.key = std::move(before.key);
  found->version.version_id = std::move(before.version_id);
  found->version.is_delete_marker = before.is_delete_marker;
  found->version.size_bytes = before.size_bytes;
  found->version.etag = std::move(before.etag);
  rewrite_version(transaction, *bucket, *found);
}

}  // namespace pail::store::disk
