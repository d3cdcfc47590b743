#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "store/store.h"

namespace pail::store::memory {

using Object = std::shared_ptr<const StoredObject>;

/// A version or delete marker where it stands among those of its key.
struct PlacedVersion {
  Object object;
  /// Grows with every version of the bucket.
  std::uint64_t sequence = 0;
  /// When a newer one took its place; of the latest: nothing.
  std::optional<time::Timestamp> noncurrent_since;
};

struct Upload {
  model::MultipartUpload upload;
  time::Timestamp completed;
  std::map<std::uint32_t, StoredPart> parts;
};

/// The order that listings show uploads in.
using UploadOrder = std::tuple<std::string, time::Timestamp, std::string>;

/// What is in a bucket.
struct BucketState {
  std::map<std::string, PlacedVersion, std::less<>> objects;  // the current ones
  /// All others from the oldest to the newest; the latest of a key is among them only if it is a
  /// delete marker. No list is empty.
  std::map<std::string, std::vector<PlacedVersion>, std::less<>> others;
  std::uint64_t last_sequence = 0;
  std::map<std::string, Upload, std::less<>> uploads;  // by id
  std::map<UploadOrder, std::shared_ptr<const model::MultipartUpload>> unfinished;

  /// The current object; nullptr if there is none.
  const model::ObjectVersion* current(std::string_view key) const {
    const auto found = objects.find(key);
    return found == objects.end() ? nullptr : &found->second.object->version;
  }
  /// Without an id the latest, which may be a delete marker. nullptr if there is none.
  const PlacedVersion* find(std::string_view key, std::optional<std::string_view> version_id) const;
  /// Puts something else in the place of one of them.
  void exchange(const PlacedVersion& placed, Object object);
  /// Makes it the latest of its key, in the place of one of the same id.
  void add(const Object& object);
  /// Takes away one of them.
  void erase(const PlacedVersion& placed);

  /// The newest version of the key that is older than the one of that sequence number, else the
  /// newest of the next key. nullptr at the end.
  const PlacedVersion* after(std::string_view key, std::uint64_t sequence) const;
  /// The newest version of the first key >= `key`.
  const PlacedVersion* first_from(std::string_view key) const;

  const Upload* find_unfinished(std::string_view upload_id) const {
    const auto found = uploads.find(upload_id);
    if (found == uploads.end() || !found->second.upload.completed_etag.empty()) return nullptr;
    return &found->second;
  }
  Upload* find_unfinished(std::string_view upload_id) {
    const auto found = uploads.find(upload_id);
    if (found == uploads.end() || !found->second.upload.completed_etag.empty()) return nullptr;
    return &found->second;
  }
  void forget_unfinished(const model::MultipartUpload& upload) {
    unfinished.erase(UploadOrder(upload.key, upload.initiated, upload.upload_id));
  }

 private:
  /// The newest of what is left becomes the latest again.
  void promote(std::string_view key);
};

/// A bucket and what is in it, which it shares with the snapshots that were taken meanwhile.
struct PlacedBucket {
  std::shared_ptr<const model::Bucket> bucket;
  std::shared_ptr<BucketState> content = std::make_shared<BucketState>();
};
using Buckets = std::map<std::int64_t, PlacedBucket>;

struct SavedState {
  Snapshot snapshot;
  Buckets buckets;
};

struct State {
  mutable std::shared_mutex mutex;
  Buckets buckets;
  std::map<std::string, std::shared_ptr<const model::Bucket>, std::less<>> by_name;
  /// In the order in which they were saved.
  std::vector<SavedState> snapshots;
  /// These two never go back, not even when a snapshot is restored.
  std::int64_t last_bucket_id = 0;
  std::uint64_t last_revision = 0;

  const BucketState* find(std::int64_t bucket_id) const {
    const auto found = buckets.find(bucket_id);
    return found == buckets.end() ? nullptr : found->second.content.get();
  }
  /// The same for a change: what a snapshot shares is copied before.
  BucketState* find_to_change(std::int64_t bucket_id);

  void clear();
  void save(Snapshot snapshot);
  /// Whether there is such a snapshot.
  bool restore(std::string_view name);
  bool drop(std::string_view name);
  const SavedState* find_snapshot(std::string_view name) const;
};

/// Shows where two states differ, as Store::compare_snapshots() does.
void compare(const Buckets& from, const Buckets& to, const DifferenceVisitor& visit);

/// The cursors look again at the living state with every step.
std::unique_ptr<ObjectCursor> scan_objects(std::shared_ptr<State> state, std::int64_t bucket_id);
std::unique_ptr<VersionCursor> scan_versions(std::shared_ptr<State> state, std::int64_t bucket_id);
std::unique_ptr<UploadCursor> scan_uploads(std::shared_ptr<State> state, std::int64_t bucket_id);

}  // namespace pail::store::memory
