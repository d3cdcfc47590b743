#include "access/bucket_access.h"

#include <mutex>
#include <string_view>
#include <utility>

#include "access/acl.h"
#include "access/public_policy.h"
#include "model/document_kind.h"

namespace pail::access {
namespace {

namespace kind = model::document_kind;

constexpr std::size_t kEntriesMost = 4096;

const std::string* find_document(const model::Bucket& bucket, std::string_view document_kind) {
  const auto found = bucket.documents.find(document_kind);
  return found == bucket.documents.end() ? nullptr : &found->second;
}

template <typename T>
T read_or(S3Result<T> read, T strictest) {
  return read ? std::move(*read) : std::move(strictest);
}

Policy deny_everything() {
  Statement statement;
  statement.effect = Effect::kDeny;
  statement.principals.any_of.push_back({Principal::Kind::kEverybody, {}, {}});
  const TextPattern anything("*", {.has_wildcards = true});
  statement.actions.any_of.push_back(anything);
  statement.resources.any_of.push_back(anything);
  Policy policy;
  policy.statements.push_back(std::move(statement));
  return policy;
}

}  // namespace

BucketAccess read_bucket_access(const model::Bucket& bucket) {
  BucketAccess access;
  if (const std::string* text = find_document(bucket, kind::kPolicy)) {
    access.policy = std::make_shared<const Policy>(
        read_or(parse_policy(*text, bucket.name), deny_everything()));
    access.policy_is_public = is_public(*access.policy);
  }
  if (const std::string* text = find_document(bucket, kind::kOwnershipControls)) {
    access.ownership =
        read_or(parse_ownership_controls(*text), ObjectOwnership::kBucketOwnerEnforced);
  }
  if (const std::string* text = find_document(bucket, kind::kPublicAccessBlock)) {
    access.block = read_or(parse_public_access_block(*text), kBlockAll);
  }
  if (const std::string* text = find_document(bucket, kind::kAcl)) {
    access.acl = read_or(read_stored_acl(*text), model::Acl{});
  }
  return access;
}

std::shared_ptr<const BucketAccess> BucketAccessCache::find(const model::Bucket& bucket) {
  {
    const std::shared_lock lock(mutex_);
    const auto found = by_bucket_id_.find(bucket.id);
    if (found != by_bucket_id_.end() && found->second.revision == bucket.revision) {
      return found->second.access;
    }
  }
  auto access = std::make_shared<const BucketAccess>(read_bucket_access(bucket));
  const std::unique_lock lock(mutex_);
  if (by_bucket_id_.size() >= kEntriesMost) by_bucket_id_.clear();
  by_bucket_id_[bucket.id] = {bucket.revision, access};
  return access;
}

}  // namespace pail::access
