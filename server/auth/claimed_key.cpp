#include "auth/claimed_key.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace pail::auth {
namespace {

/// What stands behind `name`, up to one of `ends`; empty if it is not there.
std::string_view value_behind(std::string_view text, std::string_view name, std::string_view ends) {
  const auto begin = text.find(name);
  if (begin == std::string_view::npos) return {};
  const std::string_view value = text.substr(begin + name.size());
  return value.substr(0, std::min(value.find_first_of(ends), value.size()));
}

std::string_view in_header(std::string_view field) {
  constexpr std::string_view kVersion2 = "AWS ";
  if (field.starts_with(kVersion2)) return value_behind(field, kVersion2, ":");
  return value_behind(field, "Credential=", "/,");
}

/// "%2F" is how the parts of a credential are told apart in a URL.
std::string_view in_query(std::string_view target) {
  constexpr std::array<std::string_view, 2> kNames = {"X-Amz-Credential=", "AWSAccessKeyId="};
  const auto query = target.find('?');
  if (query == std::string_view::npos) return {};
  for (const std::string_view name : kNames) {
    const auto value = value_behind(target.substr(query), name, "/%&");
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace

std::string_view claimed_access_key_id(const http::Request& request) {
  const auto field = request.headers.find("Authorization");
  return field ? in_header(*field) : in_query(request.target);
}

}  // namespace pail::auth
