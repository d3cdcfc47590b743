#pragma once

#include <cstddef>

namespace pail::lifecycle {

/// What a run of the rules did. A value.
struct Report {
  /// Versions and delete markers that were looked at.
  std::size_t looked_at = 0;
  /// Objects that expired: a delete marker took their place, or they were removed where the bucket
  /// keeps no versions.
  std::size_t expired = 0;
  /// Versions that were removed for good because newer ones had replaced them long enough ago.
  std::size_t noncurrent_removed = 0;
  /// Delete markers that went because nothing was left behind them.
  std::size_t markers_removed = 0;
  /// Versions that moved to another storage class.
  std::size_t transitioned = 0;
  std::size_t uploads_aborted = 0;
  /// Due, but locked, or changed in the meantime.
  std::size_t refused = 0;
  /// Buckets whose rules could not be carried out to the end; they come again.
  std::size_t failed_buckets = 0;

  bool operator==(const Report&) const = default;
};

}  // namespace pail::lifecycle
