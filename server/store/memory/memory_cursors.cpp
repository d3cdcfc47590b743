#include <limits>
#include <mutex>
#include <utility>

#include "store/memory/memory_state.h"

namespace pail::store::memory {
namespace {

void fill(model::ObjectSummary& summary, const model::ObjectVersion& version) {
  summary = {version.key,
             version.size_bytes,
             version.etag,
             version.last_modified,
             version.attributes.storage_class,
             {},
             {},
             version.owner_id};
  if (!version.checksum) return;
  summary.checksum_algorithm = version.checksum->algorithm;
  summary.checksum_type = version.checksum->type;
}

class MemoryObjectCursor final : public ObjectCursor {
 public:
  MemoryObjectCursor(std::shared_ptr<State> state, std::int64_t bucket_id)
      : state_(std::move(state)), bucket_id_(bucket_id) {}

  StoreResult<const model::ObjectSummary*> seek(std::string_view key, bool after) override {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id_);
    if (!bucket) return show(nullptr);
    const auto found = after ? bucket->objects.upper_bound(key) : bucket->objects.lower_bound(key);
    return show(found == bucket->objects.end() ? nullptr : found->second.object);
  }
  StoreResult<const model::ObjectSummary*> next() override {
    const Object previous = object_;
    return previous ? seek(previous->version.key, true) : seek({}, false);
  }

 private:
  const model::ObjectSummary* show(Object object) {
    if (!object) return nullptr;
    object_ = std::move(object);
    fill(summary_, object_->version);
    return &summary_;
  }

  std::shared_ptr<State> state_;
  std::int64_t bucket_id_;
  Object object_;
  model::ObjectSummary summary_;
};

class MemoryVersionCursor final : public VersionCursor {
 public:
  MemoryVersionCursor(std::shared_ptr<State> state, std::int64_t bucket_id)
      : state_(std::move(state)), bucket_id_(bucket_id) {}

  StoreResult<const model::VersionSummary*> seek(std::string_view key, bool after) override {
    return move([&](const BucketState& bucket) {
      return after ? bucket.after(key, 0) : bucket.first_from(key);
    });
  }
  StoreResult<const model::VersionSummary*> seek_after(std::string_view key,
                                                       std::string_view version_id) override {
    return move([&](const BucketState& bucket) {
      const PlacedVersion* passed = bucket.find(key, version_id);
      return bucket.after(key, passed ? passed->sequence : kNewest);
    });
  }
  StoreResult<const model::VersionSummary*> next() override {
    if (!at_.object) return seek({}, false);
    const PlacedVersion passed = at_;
    return move([&](const BucketState& bucket) {
      return bucket.after(passed.object->version.key, passed.sequence);
    });
  }

 private:
  static constexpr std::uint64_t kNewest = std::numeric_limits<std::uint64_t>::max();

  template <typename Step>
  const model::VersionSummary* move(Step step) {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id_);
    const PlacedVersion* placed = bucket ? step(*bucket) : nullptr;
    if (!placed) return nullptr;
    at_ = *placed;
    const model::ObjectVersion& version = at_.object->version;
    fill(summary_, version);
    summary_.version_id = version.version_id;
    summary_.is_latest = !at_.noncurrent_since;
    summary_.is_delete_marker = version.is_delete_marker;
    summary_.noncurrent_since = at_.noncurrent_since;
    return &summary_;
  }

  std::shared_ptr<State> state_;
  std::int64_t bucket_id_;
  PlacedVersion at_;
  model::VersionSummary summary_;
};

class MemoryUploadCursor final : public UploadCursor {
 public:
  MemoryUploadCursor(std::shared_ptr<State> state, std::int64_t bucket_id)
      : state_(std::move(state)), bucket_id_(bucket_id) {}

  StoreResult<const model::MultipartUpload*> seek(std::string_view key, bool after) override {
    // The smallest string above a key is the key with a zero byte.
    std::string from(key);
    if (after) from.push_back('\0');
    return move_to(UploadOrder(std::move(from), time::Timestamp::min(), std::string()), false);
  }
  StoreResult<const model::MultipartUpload*> next() override {
    if (!upload_) return seek({}, false);
    return move_to(UploadOrder(upload_->key, upload_->initiated, upload_->upload_id), true);
  }

 private:
  const model::MultipartUpload* move_to(const UploadOrder& from, bool after) {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id_);
    if (!bucket) return nullptr;
    const auto found =
        after ? bucket->unfinished.upper_bound(from) : bucket->unfinished.lower_bound(from);
    if (found == bucket->unfinished.end()) return nullptr;
    upload_ = found->second;
    return upload_.get();
  }

  std::shared_ptr<State> state_;
  std::int64_t bucket_id_;
  std::shared_ptr<const model::MultipartUpload> upload_;
};

}  // namespace

std::unique_ptr<ObjectCursor> scan_objects(std::shared_ptr<State> state, std::int64_t bucket_id) {
  return std::make_unique<MemoryObjectCursor>(std::move(state), bucket_id);
}

std::unique_ptr<VersionCursor> scan_versions(std::shared_ptr<State> state, std::int64_t bucket_id) {
  return std::make_unique<MemoryVersionCursor>(std::move(state), bucket_id);
}

std::unique_ptr<UploadCursor> scan_uploads(std::shared_ptr<State> state, std::int64_t bucket_id) {
  return std::make_unique<MemoryUploadCursor>(std::move(state), bucket_id);
}

}  // namespace pail::store::memory
