#pragma once

#include <string>

#include "pail/options.h"
#include "pail/result.h"

#include "cli/setting.h"

namespace pail::cli {

/// Reads the settings about accounts, users and roles into the options. Policies stay as they were
/// given: in JSON, or the name of a file. Pure. Fails with a sentence for people that names the
/// flag, variable or entry.
Result<void, std::string> add_people(const Layer& settings, ServerOptions& options);

/// Puts the contents of the files in place of their names. Fails with a sentence that names the
/// file and never repeats what is in it.
Result<void, std::string> read_policy_files(ServerOptions& options);

}  // namespace pail::cli
