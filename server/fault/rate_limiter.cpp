#include "fault/rate_limiter.h"

#include <algorithm>
#include <chrono>

namespace pail::fault {

bool RateLimiter::admit(std::string_view prefix, time::Timestamp now) {
  auto found = tokens_.find(prefix);
  if (found == tokens_.end()) {
    if (tokens_.size() >= kPrefixesMost) make_room();
    found = tokens_.emplace(std::string(prefix), Tokens{limit_.burst, now}).first;
  }
  Tokens& tokens = found->second;
  // A clock that is set back gives no tokens, and takes none.
  const std::chrono::duration<double> elapsed = std::max(now - tokens.counted, now - now);
  tokens.left = std::min(limit_.burst, tokens.left + elapsed.count() * limit_.requests_per_s);
  tokens.counted = now;
  if (tokens.left < 1) return false;
  tokens.left -= 1;
  return true;
}

void RateLimiter::make_room() {
  const auto oldest =
      std::ranges::min_element(tokens_, {}, [](const auto& entry) { return entry.second.counted; });
  tokens_.erase(oldest);
}

}  // namespace pail::fault
