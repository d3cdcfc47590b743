#include <ostream>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/version.h"

namespace pail::cli {

int run_version(const CommandContext& context) {
  const auto parsed =
      parse_arguments({"version", "Prints the version.", ""}, {}, context.arguments);
  if (!parsed) {
    (parsed.error().code == 0 ? context.out : context.err) << parsed.error().text;
    return parsed.error().code;
  }
  context.out << "pail " << version() << "\n";
  return 0;
}

}  // namespace pail::cli
