#pragma once

#include <string>
#include <vector>

#include "pail/result.h"
#include "pail/server.h"

namespace pail::cli {

/// Puts scenarios ("throttled", "flaky-network:7") and rules in JSON in force. Fails with the
/// server's sentence about the first that is wrong.
Result<void, std::string> add_faults(Server& server, const std::vector<std::string>& faults);

}  // namespace pail::cli
