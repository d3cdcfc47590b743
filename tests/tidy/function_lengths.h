#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pail::test::tidy {

struct FunctionLength {
  std::string header;  // what stands before its {
  std::size_t line = 0;
  std::size_t lines = 0;  // from the line of { to that of }
};

/// The functions of a C++ text, tests included; those inside of functions count with the outer one.
std::vector<FunctionLength> function_lengths(std::string_view text);

}  // namespace pail::test::tidy
