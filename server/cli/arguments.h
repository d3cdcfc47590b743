#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pail/result.h"

#include "cli/setting.h"

namespace pail::cli {

/// What a command's --help says besides its settings.
struct CommandHelp {
  std::string_view name;
  std::string_view summary;
  std::string_view examples;
};

/// The end of a command before it began: --help was asked for (code 0), or the arguments were
/// wrong.
struct EarlyExit {
  int code = 0;
  std::string text;
};

inline constexpr int kUsageError = 2;

/// The flags among a command's arguments, which stand after its name. Fails with the text of
/// --help, or with one sentence about what is wrong.
Result<Layer, EarlyExit> parse_arguments(const CommandHelp& help, std::span<const Setting> settings,
                                         std::span<const std::string> arguments);

}  // namespace pail::cli
