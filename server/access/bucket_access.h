#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <unordered_map>

#include "access/bucket_settings.h"
#include "access/policy.h"
#include "model/acl.h"
#include "model/bucket.h"

namespace pail::access {

/// What of a bucket's documents decides about access, read. A value.
struct BucketAccess {
  /// nullptr: the bucket has no policy.
  std::shared_ptr<const Policy> policy;
  bool policy_is_public = false;
  ObjectOwnership ownership = ObjectOwnership::kObjectWriter;
  PublicAccessBlock block;
  std::optional<model::Acl> acl;

  /// Whether access control lists count in the bucket.
  [[nodiscard]] bool has_acls() const { return ownership != ObjectOwnership::kBucketOwnerEnforced; }
};

/// Reads the documents of a bucket. One that can not be read (written by another version) counts as
/// the strictest: a policy as one that denies everything, a setting as one that opens nothing.
BucketAccess read_bucket_access(const model::Bucket& bucket);

/// What was read lately, so that documents are parsed once and not with every request. Thread-safe.
class BucketAccessCache {
 public:
  std::shared_ptr<const BucketAccess> find(const model::Bucket& bucket);

 private:
  struct Entry {
    std::uint64_t revision = 0;
    std::shared_ptr<const BucketAccess> access;
  };

  std::shared_mutex mutex_;
  std::unordered_map<std::int64_t, Entry> by_bucket_id_;
};

}  // namespace pail::access
