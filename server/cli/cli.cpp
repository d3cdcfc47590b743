#include "cli/cli.h"

#include <algorithm>
#include <array>
#include <iomanip>
#include <ostream>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"

namespace pail::cli {
namespace {

constexpr std::array kCommands = {
    Command{"serve", "serve S3 over a directory of this machine", run_serve},
    Command{"run", "run a command beside a server of its own, gone afterwards", run_run},
    Command{"health", "ask a running server whether it answers (exit code 0 or 1)", run_health},
    Command{"version", "print the version", run_version},
};

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(kCommands, name, &Command::name);
  return found == kCommands.end() ? nullptr : &*found;
}

void print_help(std::ostream& out) {
  out << "pail: an S3-compatible server for developers' machines and CI.\n\n"
         "usage: pail COMMAND [OPTIONS]\n\n";
  for (const Command& command : kCommands) {
    out << "  " << std::left << std::setw(10) << command.name << command.summary << "\n";
  }
  out << "  help      show this, or the help of a command: pail help serve\n\n"
         "examples:\n"
         "  pail serve                        data in ./.pail, on http://127.0.0.1:9000\n"
         "  pail serve --memory --bucket photos\n"
         "  pail run --bucket photos -- pytest\n"
         "  pail serve --env-file .env        configured by the application's own variables\n";
}

bool is_help(std::string_view word) { return word == "help" || word == "--help" || word == "-h"; }

}  // namespace

int run(std::span<const std::string> arguments, const Environment& environment, std::ostream& out,
        std::ostream& err) {
  if (arguments.empty()) {
    print_help(err);
    return kUsageError;
  }
  std::string name = arguments.front();
  std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (is_help(name) && !rest.empty()) {
    name = rest.front();
    rest = {"--help"};
  } else if (is_help(name)) {
    print_help(out);
    return 0;
  }
  if (name == "--version") name = "version";
  const Command* command = find_command(name);
  if (command == nullptr) {
    err << "pail: there is no command '" << name << "'; see 'pail --help'\n";
    return kUsageError;
  }
  return command->run({rest, environment, out, err});
}

}  // namespace pail::cli
