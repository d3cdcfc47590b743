#include "access/policy_cache.h"

#include <mutex>
#include <string>
#include <utility>

namespace pail::access {
namespace {

constexpr std::size_t kPoliciesMost = 4096;

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

std::shared_ptr<const Policy> PolicyCache::find(const model::Bucket& bucket) {
  const auto document = bucket.documents.find("policy");
  if (document == bucket.documents.end()) return nullptr;
  {
    const std::shared_lock lock(mutex_);
    const auto found = by_bucket_id_.find(bucket.id);
    if (found != by_bucket_id_.end() && found->second.revision == bucket.revision) {
      return found->second.policy;
    }
  }
  auto parsed = parse_policy(document->second, bucket.name);
  auto policy =
      std::make_shared<const Policy>(parsed ? std::move(parsed).value() : deny_everything());
  const std::unique_lock lock(mutex_);
  if (by_bucket_id_.size() >= kPoliciesMost) by_bucket_id_.clear();
  by_bucket_id_.insert_or_assign(bucket.id, Entry{bucket.revision, policy});
  return policy;
}

}  // namespace pail::access
