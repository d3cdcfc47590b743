#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>

#include "store/store.h"

namespace pail::store::memory {

using Object = std::shared_ptr<const StoredObject>;

struct Upload {
  model::MultipartUpload upload;
  time::Timestamp completed;
  std::map<std::uint32_t, StoredPart> parts;
};

/// The order that listings show uploads in.
using UploadOrder = std::tuple<std::string, time::Timestamp, std::string>;

struct BucketState {
  std::shared_ptr<const model::Bucket> bucket;
  std::map<std::string, Object, std::less<>> objects;
  std::map<std::string, Upload, std::less<>> uploads;  // by id
  std::map<UploadOrder, std::shared_ptr<const model::MultipartUpload>> unfinished;

  const model::ObjectVersion* current(std::string_view key) const {
    const auto found = objects.find(key);
    return found == objects.end() ? nullptr : &found->second->version;
  }
  Upload* find_unfinished(std::string_view upload_id) {
    const auto found = uploads.find(upload_id);
    if (found == uploads.end() || !found->second.upload.completed_etag.empty()) return nullptr;
    return &found->second;
  }
  void forget_unfinished(const model::MultipartUpload& upload) {
    unfinished.erase(UploadOrder(upload.key, upload.initiated, upload.upload_id));
  }
};

struct State {
  mutable std::shared_mutex mutex;
  std::map<std::int64_t, BucketState> buckets;
  std::map<std::string, std::shared_ptr<const model::Bucket>, std::less<>> by_name;
  std::int64_t last_bucket_id = 0;

  BucketState* find(std::int64_t bucket_id) {
    const auto found = buckets.find(bucket_id);
    return found == buckets.end() ? nullptr : &found->second;
  }
};

/// The cursors look again at the living state with every step.
std::unique_ptr<ObjectCursor> scan_objects(std::shared_ptr<State> state, std::int64_t bucket_id);
std::unique_ptr<UploadCursor> scan_uploads(std::shared_ptr<State> state, std::int64_t bucket_id);

}  // namespace pail::store::memory
