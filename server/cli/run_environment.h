#pragma once

#include "cli/child_process.h"
#include "cli/configuration.h"
#include "cli/greeting.h"

namespace pail::cli {

/// What a command of `pail run` finds in its environment, so that neither it nor its SDK needs to
/// be told anything: AWS's variables, those of the application, and pail's own. What would lead an
/// SDK elsewhere (profiles, a session token) is taken away.
ChangedVariables run_environment(const ServeConfiguration& configuration,
                                 const RunningServer& running, const std::string& control_token);

}  // namespace pail::cli
