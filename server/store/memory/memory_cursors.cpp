#include <mutex>
#include <utility>

#include "store/memory/memory_state.h"

namespace pail::store::memory {
namespace {

class MemoryObjectCursor final : public ObjectCursor {
 public:
  MemoryObjectCursor(std::shared_ptr<State> state, std::int64_t bucket_id)
      : state_(std::move(state)), bucket_id_(bucket_id) {}

  StoreResult<const model::ObjectSummary*> seek(std::string_view key, bool after) override {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id_);
    if (!bucket) return show(nullptr);
    const auto found = after ? bucket->objects.upper_bound(key) : bucket->objects.lower_bound(key);
    return show(found == bucket->objects.end() ? nullptr : found->second);
  }
  StoreResult<const model::ObjectSummary*> next() override {
    const Object previous = object_;
    return previous ? seek(previous->version.key, true) : seek({}, false);
  }

 private:
  const model::ObjectSummary* show(Object object) {
    if (!object) return nullptr;
    object_ = std::move(object);
    const model::ObjectVersion& version = object_->version;
    summary_ = {version.key,
                version.size_bytes,
                version.etag,
                version.last_modified,
                version.attributes.storage_class,
                {},
                {},
                version.owner_id};
    if (version.checksum) {
      summary_.checksum_algorithm = version.checksum->algorithm;
      summary_.checksum_type = version.checksum->type;
    }
    return &summary_;
  }

  std::shared_ptr<State> state_;
  std::int64_t bucket_id_;
  Object object_;
  model::ObjectSummary summary_;
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

std::unique_ptr<UploadCursor> scan_uploads(std::shared_ptr<State> state, std::int64_t bucket_id) {
  return std::make_unique<MemoryUploadCursor>(std::move(state), bucket_id);
}

}  // namespace pail::store::memory
