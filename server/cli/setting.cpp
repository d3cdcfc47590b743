#include "cli/setting.h"

#include <algorithm>

namespace pail::cli {

std::string variable_name(std::string_view setting_name) {
  std::string name = "PAIL_";
  for (const char c : setting_name) {
    if (c == '-') {
      name += '_';
    } else {
      name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return name;
}

const Setting* find_setting(std::span<const Setting> settings, std::string_view name) {
  const auto found = std::ranges::find(settings, name, &Setting::name);
  return found == settings.end() ? nullptr : &*found;
}

}  // namespace pail::cli
