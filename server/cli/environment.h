#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pail/result.h"

namespace pail::cli {

/// Variables by name, as a process has them. A value; an empty variable counts as not set.
class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  Environment() = default;
  explicit Environment(Variables variables) : variables_(std::move(variables)) {}

  /// The variables of a process: `entries` is an array of "NAME=value" with nullptr at its end, as
  /// main() gets it. A pair of quotes around a whole value is no part of it.
  static Environment of_process(char* const* entries);

  /// Nothing when it is not set or empty.
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;

  /// These variables, and those of `weaker` that are not set here.
  [[nodiscard]] Environment over(const Environment& weaker) const;

 private:
  Variables variables_;
};

/// Reads the form that applications keep beside their code (".env"): one NAME=value a line, with or
/// without `export`, # begins a comment, values bare or quoted. In '…' every character stands for
/// itself; in "…" \n, \t, \", \\ and \$ are known; variables are not expanded. Fails with the
/// number of the first line that is none of this.
Result<Environment, std::string> parse_env_file(std::string_view text);

}  // namespace pail::cli
