#pragma once

#include <optional>
#include <string>

#include "error/s3_error.h"
#include "model/object_lock.h"
#include "time/clock.h"

namespace pail::operations {

/// The configuration of a bucket whose versions can be locked, without default retention.
std::string render_object_lock_enabled();

/// Why a version may not be removed now; nothing if it may. Governance mode gives way to a bypass,
/// compliance mode and a legal hold to nobody. Pure.
std::optional<S3Error> refuse_removal(const model::ObjectLock& lock, time::Timestamp now,
                                      bool bypasses_governance);

}  // namespace pail::operations
