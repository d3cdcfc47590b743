#include "access/wildcard.h"

#include <cstddef>

namespace pail::access {

bool wildcard_match(std::string_view pattern, std::string_view text, Wildcards wildcards) {
  std::size_t p = 0;
  std::size_t t = 0;
  // Where to go on when what follows the last '*' does not fit: that '*' takes one byte more.
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == wildcards.any) {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == wildcards.one || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == wildcards.any) ++p;
  return p == pattern.size();
}

}  // namespace pail::access
