#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/configuration.h"

namespace pail::cli {

/// What is known only once the server runs.
struct RunningServer {
  std::string endpoint;
  /// In the order of the addresses that were asked for.
  std::vector<std::uint16_t> ports;
  std::vector<std::string> bucket_names;
  /// Empty without an authority of pail's own.
  std::filesystem::path ca_bundle;
};

/// What `pail serve` prints when it is ready: where, as whom, which buckets under which URLs, and
/// lines to copy into a shell. Holds no secret but the documented default one.
std::string greeting(const ServeConfiguration& configuration, const RunningServer& running);

/// A warning of several lines if the default credentials, which everybody knows, are accepted from
/// other machines; otherwise empty.
std::string default_credentials_warning(const ServerOptions& options);

}  // namespace pail::cli
