#pragma once

#include <optional>

#include "time/clock.h"

namespace pail::model {

enum class RetentionMode { kGovernance, kCompliance };

struct Retention {
  RetentionMode mode = RetentionMode::kGovernance;
  time::Timestamp retain_until;
  bool operator==(const Retention&) const = default;
};

/// What keeps an object version from being deleted. A value.
struct ObjectLock {
  std::optional<Retention> retention;
  /// Nothing: was never set, which answers tell apart from OFF.
  std::optional<bool> legal_hold;
  bool operator==(const ObjectLock&) const = default;
};

}  // namespace pail::model
