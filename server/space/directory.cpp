#include "space/directory.h"

#include <algorithm>
#include <system_error>

#include "space/space.h"

namespace pail::space {
namespace {

constexpr const char* kSpaces = "spaces";
constexpr const char* kDropped = ".dropped-";  // no name of a space begins so

}  // namespace

DataDirectory directory_of(std::string_view space, const DataDirectory& data) {
  if (!data || space == kDefaultName) return data;
  return *data / kSpaces / space;
}

std::vector<std::string> names_of_directories(const DataDirectory& data) {
  std::vector<std::string> names;
  if (!data) return names;
  std::error_code none;
  for (std::filesystem::directory_iterator entry(*data / kSpaces, none), end; entry != end;
       entry.increment(none)) {
    names.push_back(entry->path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

void set_aside(std::string_view space, const DataDirectory& data) {
  if (!data) return;
  std::error_code ignored;
  for (int i = 0; i < 10'000; ++i) {
    const auto aside = *data / kSpaces / (kDropped + std::to_string(i));
    if (std::filesystem::exists(aside, ignored)) continue;
    std::filesystem::rename(*data / kSpaces / space, aside, ignored);
    return;
  }
}

void remove_dropped(const DataDirectory& data) {
  for (const std::string& name : names_of_directories(data)) {
    if (!name.starts_with(kDropped)) continue;
    std::error_code ignored;
    std::filesystem::remove_all(*data / kSpaces / name, ignored);
  }
}

}  // namespace pail::space
