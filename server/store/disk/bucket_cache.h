#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/bucket.h"

namespace pail::store::disk {

using SharedBucket = std::shared_ptr<const model::Bucket>;

/// Every bucket, in memory. Thread-safe; the staged changes belong to the writer thread alone: it
/// sees them at once, the others after publish().
class BucketCache {
 public:
  explicit BucketCache(std::vector<model::Bucket> buckets);

  [[nodiscard]] SharedBucket find(std::string_view name) const;
  [[nodiscard]] SharedBucket find(std::int64_t id) const;
  [[nodiscard]] std::vector<SharedBucket> list(std::string_view prefix, std::string_view after,
                                               std::size_t limit) const;

  [[nodiscard]] SharedBucket find_staged(std::string_view name) const;
  [[nodiscard]] SharedBucket find_staged(std::int64_t id) const;
  [[nodiscard]] std::vector<SharedBucket> list_staged() const;
  /// Larger than every revision that a bucket ever had while this process runs: whoever keeps what
  /// he parsed from a bucket's document is not fooled by an old document that comes back.
  std::uint64_t next_revision() { return ++last_revision_; }
  void stage(SharedBucket bucket);
  void stage_removal(SharedBucket bucket);
  void publish();
  void discard() { staged_.clear(); }

 private:
  struct Change {
    SharedBucket bucket;
    bool removed = false;
  };
  mutable std::shared_mutex mutex_;
  std::map<std::string, SharedBucket, std::less<>> by_name_;
  std::unordered_map<std::int64_t, SharedBucket> by_id_;
  std::vector<Change> staged_;
  std::uint64_t last_revision_ = 0;
};

}  // namespace pail::store::disk
