#pragma once

#include <string>
#include <vector>

#include "pail/options.h"
#include "pail/result.h"

#include "protocol/server_names.h"

namespace pail::embed {

/// The names under which this server is known: the well-known ones, the machine's own, and the
/// configured. Fails with a sentence for people if a public base cannot be told from the server
/// itself.
Result<protocol::ServerNames, std::string> server_names(const ServerOptions& options,
                                                        const std::string& machine_name);

/// The ports that clients may have signed for: those configured, of every address and URL.
std::vector<std::uint16_t> known_ports(const ServerOptions& options);

}  // namespace pail::embed
