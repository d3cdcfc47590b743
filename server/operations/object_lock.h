#pragma once

#include <cstdint>
#include <optional>

#include "error/s3_error.h"
#include "model/bucket.h"
#include "model/object_lock.h"
#include "time/clock.h"

// The rules of object lock. All functions are pure.
namespace pail::operations {

/// What a bucket locks new versions with that bring no retention of their own.
struct DefaultRetention {
  model::RetentionMode mode = model::RetentionMode::kGovernance;
  std::uint32_t days = 0;
  std::uint32_t years = 0;  // the one of the two that is not 0 counts
  bool operator==(const DefaultRetention&) const = default;
};

/// The retention of a version that is written now. A year has 365 days.
model::Retention start_retention(const DefaultRetention& wanted, time::Timestamp now);

/// Whether versions in the bucket can be locked.
bool has_object_lock(const model::Bucket& bucket);

/// Fails: InvalidRequest for a bucket whose versions can not be locked.
S3Result<void> require_object_lock(const model::Bucket& bucket);

/// Why a version may not be removed now; nothing if it may. Governance mode gives way to a bypass,
/// compliance mode and a legal hold to nobody.
std::optional<S3Error> refuse_removal(const model::ObjectLock& lock, time::Timestamp now,
                                      bool bypasses_governance);

/// Why the retention of a version may not be replaced by `wanted` (nothing: removed); nothing if it
/// may. A running retention may be prolonged by everybody; whoever wants to shorten it, remove it
/// or change its mode has to bypass governance, and can not in compliance mode.
std::optional<S3Error> refuse_retention_change(const model::ObjectLock& lock,
                                               const std::optional<model::Retention>& wanted,
                                               time::Timestamp now, bool bypasses_governance);

}  // namespace pail::operations
