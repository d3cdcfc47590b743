#include "cli/version.h"

namespace pail::cli {

std::string_view version() { return PAIL_VERSION; }

}  // namespace pail::cli
