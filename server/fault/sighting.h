#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fault/rule.h"

namespace pail::fault {

/// What rules look at: a request of which it is known what it wants, but not who sends it. Views
/// into the request.
struct Sighting {
  std::string_view operation;
  std::string_view method;
  std::string_view bucket;
  std::string_view key;
  /// Of a listing: what the keys begin with.
  std::string_view listed_prefix;
  std::optional<int> part_number;
  std::string_view user_agent;
};

/// Whether the rule is about this request.
bool fits(const Match& match, const Sighting& sighting);

/// What S3 counts requests by: the bucket, '/', and the key up to its last '/'.
std::string rate_prefix(const Sighting& sighting);

}  // namespace pail::fault
