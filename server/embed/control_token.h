#pragma once

#include <string>

#include "pail/options.h"
#include "pail/result.h"

namespace pail::embed {

/// The token of the control interface: the given one, else that of the data directory, else a new
/// one. To be called by whoever holds the directory's lock. Fails with a sentence for people: the
/// file can not be read or written, or holds too little to keep anybody out.
Result<std::string, std::string> open_control_token(const ServerOptions& options);

}  // namespace pail::embed
