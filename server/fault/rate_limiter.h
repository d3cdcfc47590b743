#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "fault/rule.h"
#include "time/clock.h"

namespace pail::fault {

/// The tokens of a rate limit, prefix by prefix. Not thread-safe.
class RateLimiter {
 public:
  /// So many prefixes are remembered; beyond it those that were used longest ago start anew.
  static constexpr std::size_t kPrefixesMost = 4096;

  explicit RateLimiter(const RateLimit& limit) : limit_(limit) {}

  /// Takes a token of the prefix; false when there is none.
  bool admit(std::string_view prefix, time::Timestamp now);

 private:
  struct Tokens {
    double left = 0;
    time::Timestamp counted;
  };
  void make_room();

  RateLimit limit_;
  std::map<std::string, Tokens, std::less<>> tokens_;
};

}  // namespace pail::fault
