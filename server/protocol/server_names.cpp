#include "protocol/server_names.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::protocol {

bool ServerNames::is_own(std::string_view host) const {
  return std::ranges::find(hosts, host) != hosts.end();
}

HostAndPort split_host(std::string_view field) {
  const auto colon = field.rfind(':');
  const bool has_port =
      colon != std::string_view::npos &&
      field.find_first_not_of("0123456789", colon + 1) == std::string_view::npos &&
      (field.find(':') == colon || field[colon - 1] == ']');
  if (!has_port) return {text::to_lower(field), ""};
  return {text::to_lower(field.substr(0, colon)), std::string(field.substr(colon + 1))};
}

}  // namespace pail::protocol
