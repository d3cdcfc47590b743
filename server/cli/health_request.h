#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "pail/result.h"

namespace pail::cli {

/// Where a server is asked whether it answers.
struct HealthTarget {
  bool is_tls = false;
  std::string host;
  std::uint16_t port = 0;
};

/// "http://127.0.0.1:9000", "https://localhost:9000/", "localhost:9000". Fails with a sentence for
/// people.
Result<HealthTarget, std::string> parse_health_target(std::string_view endpoint);

/// Sends GET /_pail/health and returns if the answer is 200. All of it together takes at most
/// `time_limit`. The certificate is not verified: whether it is trusted is not the question. Fails
/// with a sentence for people.
Result<void, std::string> request_health(const HealthTarget& target,
                                         std::chrono::milliseconds time_limit);

}  // namespace pail::cli
