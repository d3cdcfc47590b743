#pragma once

#include <string_view>

namespace pail::cli {

/// The version of the whole project, as CMakeLists.txt has it: "0.1.0".
std::string_view version();

}  // namespace pail::cli
