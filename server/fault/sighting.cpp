#include "fault/sighting.h"

#include <algorithm>

#include "fault/glob.h"

namespace pail::fault {
namespace {

bool any_fits(const std::vector<std::string>& patterns, std::string_view text) {
  if (patterns.empty()) return true;
  return std::ranges::any_of(
      patterns, [text](const std::string& pattern) { return glob_matches(pattern, text); });
}

bool fits(const std::optional<std::string>& pattern, std::string_view text) {
  return !pattern || glob_matches(*pattern, text);
}

}  // namespace

bool fits(const Match& match, const Sighting& sighting) {
  if (match.part_number && match.part_number != sighting.part_number) return false;
  if (match.user_agent && sighting.user_agent.find(*match.user_agent) == std::string_view::npos) {
    return false;
  }
  return any_fits(match.operations, sighting.operation) &&
         any_fits(match.methods, sighting.method) && fits(match.bucket, sighting.bucket) &&
         fits(match.key, sighting.key);
}

std::string rate_prefix(const Sighting& sighting) {
  const std::string_view key = sighting.key.empty() ? sighting.listed_prefix : sighting.key;
  const auto slash = key.rfind('/');
  const auto prefix =
      slash == std::string_view::npos ? std::string_view() : key.substr(0, slash + 1);
  std::string joined(sighting.bucket);
  joined += '/';
  joined += prefix;
  return joined;
}

}  // namespace pail::fault
