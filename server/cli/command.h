#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "cli/environment.h"

namespace pail::cli {

/// What a command runs with: nothing of the process is taken from elsewhere, so that commands can
/// be run in tests.
struct CommandContext {
  /// Without the names of program and command.
  std::span<const std::string> arguments;
  const Environment& environment;
  std::ostream& out;
  std::ostream& err;
};

/// One thing that the program does. `run` returns the exit code: 0 done, 1 it failed, 2 it was
/// asked wrongly.
struct Command {
  std::string_view name;
  std::string_view summary;
  int (*run)(const CommandContext& context);
};

int run_serve(const CommandContext& context);
int run_run(const CommandContext& context);
int run_health(const CommandContext& context);
int run_version(const CommandContext& context);

}  // namespace pail::cli
