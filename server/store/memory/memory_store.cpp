#include "store/memory/memory_store.h"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "store/memory/memory_content.h"
#include "store/memory/memory_state.h"

namespace pail::store {
namespace {

using memory::BucketState;
using memory::Object;
using memory::PlacedVersion;
using memory::State;
using memory::Upload;
using memory::UploadOrder;

constexpr std::chrono::hours kCompletedUploadsKept{24};

template <typename T>
StoreResult<T> failure(StoreErrorKind kind) {
  return Unexpected{StoreError{kind, {}, {}}};
}
Unexpected<StoreError> refuse(S3Error error) {
  return {StoreError{StoreErrorKind::kRefused, {}, std::move(error)}};
}

/// Every verb is one critical section; its task never waits.
class MemoryStore final : public Store {
 public:
  Task<StoreResult<std::shared_ptr<const model::Bucket>>> create_bucket(
      model::Bucket bucket) override {
    const std::unique_lock lock(state_->mutex);
    if (state_->by_name.contains(bucket.name)) {
      co_return failure<std::shared_ptr<const model::Bucket>>(StoreErrorKind::kBucketExists);
    }
    bucket.id = ++state_->last_bucket_id;
    bucket.revision = ++state_->last_revision;
    auto shared = std::make_shared<const model::Bucket>(std::move(bucket));
    state_->by_name.emplace(shared->name, shared);
    state_->buckets[shared->id].bucket = shared;
    co_return shared;
  }

  std::shared_ptr<const model::Bucket> find_bucket(std::string_view name) const override {
    const std::shared_lock lock(state_->mutex);
    const auto found = state_->by_name.find(name);
    return found == state_->by_name.end() ? nullptr : found->second;
  }

  std::vector<std::shared_ptr<const model::Bucket>> list_buckets(std::string_view prefix,
                                                                 std::string_view after,
                                                                 std::size_t limit) const override {
    std::vector<std::shared_ptr<const model::Bucket>> out;
    const std::shared_lock lock(state_->mutex);
    auto at =
        after < prefix ? state_->by_name.lower_bound(prefix) : state_->by_name.upper_bound(after);
    for (; at != state_->by_name.end() && out.size() < limit; ++at) {
      if (!at->first.starts_with(prefix)) break;
      out.push_back(at->second);
    }
    return out;
  }

  Task<StoreResult<void>> delete_bucket(std::int64_t bucket_id) override {
    const std::unique_lock lock(state_->mutex);
    const auto found = state_->buckets.find(bucket_id);
    if (found == state_->buckets.end()) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    const BucketState& content = *found->second.content;
    if (!content.objects.empty() || !content.others.empty())
      co_return failure<void>(StoreErrorKind::kBucketNotEmpty);
    state_->by_name.erase(found->second.bucket->name);
    state_->buckets.erase(found);
    co_return StoreResult<void>();
  }

  Task<StoreResult<void>> put_bucket_document(std::int64_t bucket_id, std::string kind,
                                              std::optional<std::string> body) override {
    const std::unique_lock lock(state_->mutex);
    const auto found = state_->buckets.find(bucket_id);
    if (found == state_->buckets.end()) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    model::Bucket bucket = *found->second.bucket;
    bucket.documents.erase(kind);
    if (body) bucket.documents.emplace(std::move(kind), std::move(*body));
    bucket.revision = ++state_->last_revision;
    auto shared = std::make_shared<const model::Bucket>(std::move(bucket));
    found->second.bucket = shared;
    state_->by_name[shared->name] = std::move(shared);
    co_return StoreResult<void>();
  }

  std::unique_ptr<BlobWriter> begin_write() override { return memory::begin_write(last_blob_id_); }
  std::unique_ptr<ContentReader> open(Content content) override {
    return memory::read_content(std::move(content));
  }

  Task<StoreResult<void>> put_object(std::int64_t bucket_id, model::ObjectVersion version,
                                     Content content, Guard guard) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    if (!bucket) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    if (guard) {
      if (auto error = guard(bucket->current(version.key))) co_return refuse(std::move(*error));
    }
    version.is_delete_marker = false;
    put(*bucket, std::move(version), std::move(content));
    co_return StoreResult<void>();
  }

  StoreResult<StoredObject> find_object(std::int64_t bucket_id, std::string_view key,
                                        std::optional<std::string_view> version_id,
                                        Read read) override {
    Object object;
    {
      const std::shared_lock lock(state_->mutex);
      const BucketState* bucket = state_->find(bucket_id);
      const PlacedVersion* found = bucket ? bucket->find(key, version_id) : nullptr;
      if (!found) return failure<StoredObject>(missing(version_id.has_value()));
      object = found->object;
    }
    StoredObject out{object->version, {}};
    out.content.size_bytes = object->content.size_bytes;
    if (read == Read::kWithContent) out.content = object->content;
    return out;
  }

  Task<std::vector<StoreResult<Deleted>>> delete_objects(std::int64_t bucket_id,
                                                         std::vector<Deletion> deletions) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    std::vector<StoreResult<Deleted>> results;
    results.reserve(deletions.size());
    for (Deletion& deletion : deletions) {
      results.push_back(bucket ? remove(*bucket, deletion)
                               : failure<Deleted>(StoreErrorKind::kNoSuchBucket));
    }
    co_return results;
  }

  Task<StoreResult<void>> update_object(std::int64_t bucket_id, std::string key,
                                        std::optional<std::string> version_id,
                                        Update update) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    if (!bucket) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    const PlacedVersion* found = bucket->find(key, version_id);
    if (!found) co_return failure<void>(missing(version_id.has_value()));
    const StoredObject& before = *found->object;
    auto after = std::make_shared<StoredObject>(before);
    if (auto error = update(after->version)) co_return refuse(std::move(*error));
    after->version.key = before.version.key;
    after->version.version_id = before.version.version_id;
    after->version.is_delete_marker = before.version.is_delete_marker;
    after->version.size_bytes = before.version.size_bytes;
    after->version.etag = before.version.etag;
    bucket->exchange(*found, std::move(after));
    co_return StoreResult<void>();
  }

  std::unique_ptr<ObjectCursor> scan_objects(std::int64_t bucket_id) override {
    return memory::scan_objects(state_, bucket_id);
  }
  std::unique_ptr<VersionCursor> scan_versions(std::int64_t bucket_id) override {
    return memory::scan_versions(state_, bucket_id);
  }

  Task<StoreResult<void>> create_upload(std::int64_t bucket_id,
                                        model::MultipartUpload upload) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    if (!bucket) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    UploadOrder order(upload.key, upload.initiated, upload.upload_id);
    bucket->unfinished[std::move(order)] = std::make_shared<const model::MultipartUpload>(upload);
    bucket->uploads[upload.upload_id].upload = std::move(upload);
    co_return StoreResult<void>();
  }

  StoreResult<model::MultipartUpload> find_upload(std::int64_t bucket_id, std::string_view key,
                                                  std::string_view upload_id) override {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id);
    if (!bucket) return failure<model::MultipartUpload>(StoreErrorKind::kNoSuchUpload);
    const auto found = bucket->uploads.find(upload_id);
    if (found == bucket->uploads.end() || found->second.upload.key != key) {
      return failure<model::MultipartUpload>(StoreErrorKind::kNoSuchUpload);
    }
    return found->second.upload;
  }

  Task<StoreResult<void>> put_part(std::int64_t bucket_id, std::string upload_id,
                                   model::UploadedPart part, Content content) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    Upload* upload = bucket ? bucket->find_unfinished(upload_id) : nullptr;
    if (!upload) co_return failure<void>(StoreErrorKind::kNoSuchUpload);
    const std::uint32_t number = part.number;
    StoredPart stored;
    stored.part = std::move(part);
    stored.content = std::move(content);
    upload->parts[number] = std::move(stored);
    co_return StoreResult<void>();
  }

  StoreResult<std::vector<StoredPart>> list_parts(std::int64_t bucket_id,
                                                  std::string_view upload_id,
                                                  std::uint32_t after_number,
                                                  std::size_t limit) override {
    const std::shared_lock lock(state_->mutex);
    const BucketState* bucket = state_->find(bucket_id);
    const Upload* upload = bucket ? bucket->find_unfinished(upload_id) : nullptr;
    if (!upload) return failure<std::vector<StoredPart>>(StoreErrorKind::kNoSuchUpload);
    std::vector<StoredPart> out;
    auto at = upload->parts.upper_bound(after_number);
    for (; at != upload->parts.end() && out.size() < limit; ++at) out.push_back(at->second);
    return out;
  }

  Task<StoreResult<void>> complete_upload(std::int64_t bucket_id, std::string upload_id,
                                          std::vector<PartReference> parts,
                                          model::ObjectVersion version, Guard guard) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    Upload* upload = bucket ? bucket->find_unfinished(upload_id) : nullptr;
    if (!upload || upload->upload.key != version.key) {
      co_return failure<void>(StoreErrorKind::kNoSuchUpload);
    }
    Content content;
    for (const PartReference& reference : parts) {
      const auto found = upload->parts.find(reference.number);
      if (found == upload->parts.end() || found->second.part.etag != reference.etag) {
        co_return failure<void>(StoreErrorKind::kPartsChanged);
      }
      content.append(found->second.content);
    }
    if (guard) {
      if (auto error = guard(bucket->current(version.key))) co_return refuse(std::move(*error));
    }
    bucket->forget_unfinished(upload->upload);
    upload->parts.clear();
    upload->upload.completed_etag = version.etag;
    upload->upload.completed_version_id = version.version_id;
    upload->upload.completed_checksum = version.checksum;
    upload->completed = version.last_modified;
    std::erase_if(bucket->uploads, [now = version.last_modified](const auto& entry) {
      return !entry.second.upload.completed_etag.empty() &&
             now - entry.second.completed > kCompletedUploadsKept;
    });
    put(*bucket, std::move(version), std::move(content));
    co_return StoreResult<void>();
  }

  Task<StoreResult<void>> abort_upload(std::int64_t bucket_id, std::string upload_id) override {
    const std::unique_lock lock(state_->mutex);
    BucketState* bucket = state_->find_to_change(bucket_id);
    Upload* upload = bucket ? bucket->find_unfinished(upload_id) : nullptr;
    if (!upload) co_return failure<void>(StoreErrorKind::kNoSuchUpload);
    bucket->forget_unfinished(upload->upload);
    bucket->uploads.erase(upload_id);
    co_return StoreResult<void>();
  }

  std::unique_ptr<UploadCursor> scan_uploads(std::int64_t bucket_id) override {
    return memory::scan_uploads(state_, bucket_id);
  }

  Task<StoreResult<void>> clear() override {
    const std::unique_lock lock(state_->mutex);
    state_->clear();
    co_return StoreResult<void>();
  }
  Task<StoreResult<void>> clear_bucket(std::int64_t bucket_id) override {
    const std::unique_lock lock(state_->mutex);
    const auto found = state_->buckets.find(bucket_id);
    if (found == state_->buckets.end()) co_return failure<void>(StoreErrorKind::kNoSuchBucket);
    auto empty = std::make_shared<BucketState>();
    // A cursor may know sequence numbers.
    empty->last_sequence = found->second.content->last_sequence;
    found->second.content = std::move(empty);
    co_return StoreResult<void>();
  }

  Task<StoreResult<void>> save_snapshot(std::string name, time::Timestamp created) override {
    const std::unique_lock lock(state_->mutex);
    state_->save({std::move(name), created});
    co_return StoreResult<void>();
  }
  Task<StoreResult<void>> restore_snapshot(std::string name) override {
    const std::unique_lock lock(state_->mutex);
    if (!state_->restore(name)) co_return failure<void>(StoreErrorKind::kNoSuchSnapshot);
    co_return StoreResult<void>();
  }
  Task<StoreResult<void>> drop_snapshot(std::string name) override {
    const std::unique_lock lock(state_->mutex);
    if (!state_->drop(name)) co_return failure<void>(StoreErrorKind::kNoSuchSnapshot);
    co_return StoreResult<void>();
  }
  StoreResult<std::vector<Snapshot>> list_snapshots() const override {
    const std::shared_lock lock(state_->mutex);
    std::vector<Snapshot> out;
    for (const memory::SavedState& saved : state_->snapshots) out.push_back(saved.snapshot);
    return out;
  }
  StoreResult<void> compare_snapshots(std::string_view from, std::optional<std::string_view> to,
                                      const DifferenceVisitor& visit) const override {
    const std::shared_lock lock(state_->mutex);
    const memory::SavedState* before = state_->find_snapshot(from);
    const memory::SavedState* after = to ? state_->find_snapshot(*to) : nullptr;
    if (!before || (to && !after)) return failure<void>(StoreErrorKind::kNoSuchSnapshot);
    memory::compare(before->buckets, after ? after->buckets : state_->buckets, visit);
    return {};
  }

 private:
  static StoreErrorKind missing(bool with_version_id) {
    return with_version_id ? StoreErrorKind::kNoSuchVersion : StoreErrorKind::kNoSuchObject;
  }

  static void put(BucketState& bucket, model::ObjectVersion version, Content content) {
    auto object = std::make_shared<StoredObject>();
    object->version = std::move(version);
    object->content = std::move(content);
    bucket.add(object);
  }

  static StoreResult<Deleted> remove(BucketState& bucket, Deletion& deletion) {
    const PlacedVersion* found = bucket.find(deletion.key, deletion.version_id);
    if (found && !deletion.version_id && found->object->version.is_delete_marker) found = nullptr;
    const model::ObjectVersion* version = found ? &found->object->version : nullptr;
    if (deletion.guard) {
      if (auto error = deletion.guard(version)) return refuse(std::move(*error));
    }
    const Deleted deleted{version != nullptr, version && version->is_delete_marker};
    if (deletion.marker && !deletion.version_id) {
      deletion.marker->key = deletion.key;
      deletion.marker->is_delete_marker = true;
      put(bucket, std::move(*deletion.marker), {});
    } else if (found) {
      bucket.erase(*found);
    }
    return deleted;
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::atomic<std::int64_t> last_blob_id_{0};
};

}  // namespace

std::unique_ptr<Store> make_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace pail::store
