#include "control/guard.h"

#include <algorithm>
#include <string_view>

#include "error/try.h"
#include "text/ascii.h"

namespace pail::control {
namespace {

/// An address can not be made to point elsewhere.
bool is_ip_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  return !host.empty() &&
         std::ranges::all_of(host, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

/// "http://localhost:9000" is of the origin "localhost:9000".
std::string_view without_scheme(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

std::string_view given_token(const http::HeaderMap& headers) {
  constexpr std::string_view kBearer = "Bearer ";
  if (const auto token = headers.find("x-pail-token")) return text::trim(*token);
  const auto field = headers.find("Authorization");
  if (!field || !text::starts_with_ignore_case(*field, kBearer)) return {};
  return text::trim(field->substr(kBearer.size()));
}

}  // namespace

Answer<void> Guard::admit_no_page(const http::Request& request) const {
  const std::string_view host_field = request.headers.find("Host").value_or("");
  const std::string host = protocol::split_host(host_field).host;
  if (!is_ip_address(host) && !names_.is_own(host)) {
    return refuse(403, "'" + host +
                           "' is no name of this server (see --host), so that this may be "
                           "a web page that was led here");
  }
  const auto origin = request.headers.find("Origin");
  if (origin && !text::equals_ignore_case(without_scheme(*origin), host_field)) {
    return refuse(
        403, "web pages of another origin (" + std::string(*origin) + ") have no business here");
  }
  return {};
}

Answer<void> Guard::admit(const http::Request& request) const {
  PAIL_CHECK(admit_no_page(request));
  if (text::constant_time_equals(given_token(request.headers), token_)) return {};
  return refuse(401,
                "send the control token as 'Authorization: Bearer TOKEN': it lies in the data "
                "directory as control.token, and 'pail run' exports it as PAIL_CONTROL_TOKEN");
}

}  // namespace pail::control
