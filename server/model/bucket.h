#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "time/clock.h"

namespace pail::model {

/// A bucket and the configuration documents that were put on it. A value; immutable once shared.
struct Bucket {
  std::int64_t id = 0;
  std::string name;
  std::string region;
  std::string owner_id;
  time::Timestamp created;
  /// Configuration by kind ("cors", "policy", "tagging", ...), as the operations that own a kind
  /// store it.
  std::map<std::string, std::string, std::less<>> documents;
  /// Grows with every change of the bucket: a key for whoever caches what it parsed from a
  /// document.
  std::uint64_t revision = 0;
};

}  // namespace pail::model
