#include "operations/recent_deletions.h"

#include <functional>
#include <utility>

namespace pail::operations {
namespace {

constexpr std::size_t kSlots = 4096;

std::uint64_t hash_of(std::int64_t bucket_id, std::string_view key) {
  constexpr std::uint64_t kOddFraction = 0x9E3779B97F4A7C15;
  return std::hash<std::string_view>()(key) ^
         (static_cast<std::uint64_t>(bucket_id) * kOddFraction);
}

}  // namespace

void RecentDeletions::note(std::int64_t bucket_id, std::string_view key, time::Timestamp when) {
  const std::uint64_t hash = hash_of(bucket_id, key);
  const std::lock_guard lock(mutex_);
  if (slots_.empty()) slots_.resize(kSlots);
  slots_[hash % kSlots] = {hash, when};
}

bool RecentDeletions::any_after(std::int64_t bucket_id, std::string_view key,
                                time::Timestamp began) const {
  const std::uint64_t hash = hash_of(bucket_id, key);
  const std::lock_guard lock(mutex_);
  if (slots_.empty()) return false;
  const Slot& slot = slots_[hash % kSlots];
  return slot.hash == hash && slot.when > began;
}

S3Error conditional_conflict(std::string_view condition, const std::string& key) {
  return S3Error(S3ErrorCode::ConditionalRequestConflict)
      .with("Condition", std::string(condition))
      .with("Key", key);
}

store::Guard conditional_guard(protocol::WriteConditions conditions, GuardedWrite write,
                               std::shared_ptr<const RecentDeletions> deletions) {
  const bool wants_to_be_first = conditions.if_none_match;
  store::Guard plain = protocol::write_guard(std::move(conditions), write.key);
  if (!wants_to_be_first) return plain;
  return [plain = std::move(plain), write = std::move(write), deletions = std::move(deletions)](
             const model::ObjectVersion* current) -> std::optional<S3Error> {
    if (auto refusal = plain(current)) return refusal;
    if (!deletions->any_after(write.bucket_id, write.key, write.began)) return std::nullopt;
    return conditional_conflict("If-None-Match", write.key);
  };
}

}  // namespace pail::operations
