#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "pail/result.h"

namespace pail::cli {

/// What a child is to find in its environment: variables with a value are set, those without are
/// taken away, all others stay as they are.
using ChangedVariables = std::map<std::string, std::optional<std::string>, std::less<>>;

/// The entries ("NAME=value") of a process with some changed.
std::vector<std::string> changed_environment(char* const* entries, const ChangedVariables& changed);

/// A command that runs until it ends, with the signals that this process gets passed on to it. One
/// at a time in a process.
class ChildProcess {
 public:
  /// To be made in main's thread before any other: the signals that are passed on are kept for
  /// wait() in all threads from then on.
  ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() = default;

  /// Why a command did not start, and the exit code that shells give for it: 127 not found, 126 not
  /// to be run.
  struct Failure {
    int code = 127;
    std::string reason;
  };
  Result<void, Failure> start(std::span<const std::string> command,
                              const std::vector<std::string>& environment);

  /// The exit code of the command, or 128 and the number of the signal that ended it. Signals of
  /// the terminal, which the command gets as well, are not passed on twice.
  int wait();

 private:
  pid_t id_ = -1;
};

}  // namespace pail::cli
