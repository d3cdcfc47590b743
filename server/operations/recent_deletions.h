#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "protocol/conditions.h"
#include "store/store.h"
#include "time/clock.h"

namespace pail::operations {

/// The last deletions of objects, by which writes that want to be the first of their key notice
/// that one came in between. Holds some thousands; older ones, and those before the start of the
/// process, are forgotten, and the write succeeds as it would have a moment later. Thread-safe.
class RecentDeletions {
 public:
  void note(std::int64_t bucket_id, std::string_view key, time::Timestamp when);
  [[nodiscard]] bool any_after(std::int64_t bucket_id, std::string_view key,
                               time::Timestamp began) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;
    time::Timestamp when{};
  };

  mutable std::mutex mutex_;
  std::vector<Slot> slots_;  // empty until something is noted
};

/// A write to a key, and when its upload began.
struct GuardedWrite {
  std::int64_t bucket_id = 0;
  std::string key;
  time::Timestamp began;
};

/// The conditions of a write, evaluated inside the change; empty if there are none. With
/// If-None-Match also ConditionalRequestConflict, if the object was deleted while it was uploaded:
/// AWS was recorded to answer so.
store::Guard conditional_guard(protocol::WriteConditions conditions, GuardedWrite write,
                               std::shared_ptr<const RecentDeletions> deletions);

/// ConditionalRequestConflict about "If-Match" or "If-None-Match".
S3Error conditional_conflict(std::string_view condition, const std::string& key);

}  // namespace pail::operations
