#include "store/disk/bucket_cache.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace pail::store::disk {

BucketCache::BucketCache(std::vector<model::Bucket> buckets) {
  for (model::Bucket& bucket : buckets) {
    last_revision_ = std::max(last_revision_, bucket.revision);
    stage(std::make_shared<const model::Bucket>(std::move(bucket)));
  }
  publish();
}

SharedBucket BucketCache::find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

SharedBucket BucketCache::find(std::int64_t id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::vector<SharedBucket> BucketCache::list(std::string_view prefix, std::string_view after,
                                            std::size_t limit) const {
  std::vector<SharedBucket> out;
  const std::shared_lock lock(mutex_);
  auto at = after < prefix ? by_name_.lower_bound(prefix) : by_name_.upper_bound(after);
  for (; at != by_name_.end() && out.size() < limit; ++at) {
    if (!at->first.starts_with(prefix)) break;
    out.push_back(at->second);
  }
  return out;
}

SharedBucket BucketCache::find_staged(std::string_view name) const {
  const auto change = std::find_if(staged_.rbegin(), staged_.rend(), [name](const Change& staged) {
    return staged.bucket->name == name;
  });
  if (change == staged_.rend()) return find(name);
  return change->removed ? nullptr : change->bucket;
}

SharedBucket BucketCache::find_staged(std::int64_t id) const {
  const auto change = std::find_if(staged_.rbegin(), staged_.rend(),
                                   [id](const Change& staged) { return staged.bucket->id == id; });
  if (change == staged_.rend()) return find(id);
  return change->removed ? nullptr : change->bucket;
}

std::vector<SharedBucket> BucketCache::list_staged() const {
  std::map<std::int64_t, SharedBucket> buckets;
  {
    const std::shared_lock lock(mutex_);
    buckets.insert(by_id_.begin(), by_id_.end());
  }
  for (const Change& change : staged_) {
    if (change.removed) {
      buckets.erase(change.bucket->id);
    } else {
      buckets[change.bucket->id] = change.bucket;
    }
  }
  std::vector<SharedBucket> out;
  out.reserve(buckets.size());
  for (auto& [id, bucket] : buckets) out.push_back(std::move(bucket));
  return out;
}

void BucketCache::stage(SharedBucket bucket) { staged_.push_back({std::move(bucket), false}); }

void BucketCache::stage_removal(SharedBucket bucket) {
  staged_.push_back({std::move(bucket), true});
}

void BucketCache::publish() {
  if (staged_.empty()) return;
  const std::unique_lock lock(mutex_);
  for (const Change& change : staged_) {
    if (change.removed) {
      by_name_.erase(change.bucket->name);
      by_id_.erase(change.bucket->id);
    } else {
      by_name_[change.bucket->name] = change.bucket;
      by_id_[change.bucket->id] = change.bucket;
    }
  }
  staged_.clear();
}

}  // namespace pail::store::disk
