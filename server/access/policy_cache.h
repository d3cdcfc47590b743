#pragma once

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

#include "access/policy.h"
#include "model/bucket.h"

namespace pail::access {

/// Policies that were read lately, so that a document is parsed once and not with every request.
/// Thread-safe.
class PolicyCache {
 public:
  /// The bucket's policy; nullptr if it has none. A document that can not be read (written by
  /// another version) counts as one that denies everything.
  std::shared_ptr<const Policy> find(const model::Bucket& bucket);

 private:
  struct Entry {
    std::uint64_t revision = 0;
    std::shared_ptr<const Policy> policy;
  };

  std::shared_mutex mutex_;
  std::unordered_map<std::int64_t, Entry> by_bucket_id_;
};

}  // namespace pail::access
