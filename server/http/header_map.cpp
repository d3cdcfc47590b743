#include "http/header_map.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::http {
namespace {

/// Most names differ in their length, which says so at once.
bool has_name(const Header& field, std::string_view name) {
  return field.name.size() == name.size() && text::equals_ignore_case(field.name, name);
}

}  // namespace

std::optional<std::string_view> HeaderMap::find(std::string_view name) const {
  for (const Header& field : fields_) {
    if (has_name(field, name)) return field.value;
  }
  return std::nullopt;
}

std::vector<std::string_view> HeaderMap::find_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Header& field : fields_) {
    if (has_name(field, name)) values.emplace_back(field.value);
  }
  return values;
}

void HeaderMap::set(std::string_view name, std::string value) {
  remove(name);
  add(std::string(name), std::move(value));
}

void HeaderMap::remove(std::string_view name) {
  std::erase_if(fields_, [name](const Header& field) { return has_name(field, name); });
}

}  // namespace pail::http
