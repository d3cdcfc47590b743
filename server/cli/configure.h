#pragma once

#include <string>

#include "pail/result.h"

#include "cli/configuration.h"
#include "cli/environment.h"
#include "cli/setting.h"

namespace pail::cli {

/// Reads everything that a server can be told besides its flags: the variables of the process, the
/// application's .env file, pail.toml, the files of policies. Fails with a sentence for people.
Result<ServeConfiguration, std::string> configure(Layer flags, const Environment& process);

}  // namespace pail::cli
