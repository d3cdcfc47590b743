#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "cli/environment.h"

namespace pail::cli {

/// Runs what the arguments (without the program's name) ask for and returns the exit code: 0 done,
/// 1 it failed (one sentence on err), 2 it was asked wrongly.
int run(std::span<const std::string> arguments, const Environment& environment, std::ostream& out,
        std::ostream& err);

}  // namespace pail::cli
