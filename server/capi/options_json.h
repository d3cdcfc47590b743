#pragma once

#include <string_view>

#include "pail/result.h"

#include "cli/configuration.h"

namespace pail::capi {

/// The options of pail_start(): a JSON object of settings. Without "data" and "listen" the server
/// keeps its data in memory and takes a free port; without "journal" it remembers 10,000 requests.
/// Fails with a sentence for people.
Result<cli::ServeConfiguration, std::string> read_options(std::string_view json);

}  // namespace pail::capi
