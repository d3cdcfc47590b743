#include "cors/match.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::cors {
namespace {

std::string join(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) {
    if (!joined.empty()) joined += ", ";
    joined += name;
  }
  return joined;
}

/// No browser asks for more; it bounds what one request can cost.
constexpr std::size_t kRequestedHeadersMost = 256;

bool allows_headers(const Rule& rule, const CorsRequest& request) {
  if (request.headers.size() > kRequestedHeadersMost) return false;
  return std::ranges::all_of(request.headers, [&rule](const std::string& header) {
    return std::ranges::any_of(rule.allowed_headers, [&header](const std::string& pattern) {
      return matches_header(pattern, header);
    });
  });
}

}  // namespace

CorsRequest read_request(const http::HeaderMap& headers, std::string_view method) {
  CorsRequest request;
  request.origin = headers.find("Origin").value_or("");
  request.method = headers.find("Access-Control-Request-Method").value_or(method);
  for (const std::string_view field : headers.find_all("Access-Control-Request-Headers")) {
    for (const std::string_view name : text::split(field, ',')) {
      const std::string_view trimmed = text::trim(name);
      if (!trimmed.empty()) request.headers.push_back(text::to_lower(trimmed));
    }
  }
  return request;
}

bool matches_origin(std::string_view pattern, std::string_view origin) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == origin;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view behind = pattern.substr(star + 1);
  return origin.size() >= before.size() + behind.size() && origin.starts_with(before) &&
         origin.ends_with(behind);
}

bool matches_header(std::string_view pattern, std::string_view name) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return text::equals_ignore_case(pattern, name);
  const std::string_view before = pattern.substr(0, star);
  const std::string_view behind = pattern.substr(star + 1);
  return name.size() >= before.size() + behind.size() &&
         text::starts_with_ignore_case(name, before) &&
         text::equals_ignore_case(name.substr(name.size() - behind.size()), behind);
}

Match find_match(const Configuration& configuration, const CorsRequest& request) {
  for (const Rule& rule : configuration.rules) {
    const auto origin = std::ranges::find_if(
        rule.allowed_origins,
        [&request](const std::string& pattern) { return matches_origin(pattern, request.origin); });
    if (origin == rule.allowed_origins.end()) continue;
    if (std::ranges::find(rule.allowed_methods, request.method) == rule.allowed_methods.end()) {
      continue;
    }
    if (allows_headers(rule, request)) return {&rule, *origin};
  }
  return {};
}

void add_allow_headers(const Match& match, const CorsRequest& request, http::HeaderMap& response) {
  const Rule& rule = *match.rule;
  const bool any_origin = match.origin_pattern == "*";
  response.add("Access-Control-Allow-Origin", any_origin ? "*" : std::string(request.origin));
  response.add("Access-Control-Allow-Methods", join(rule.allowed_methods));
  if (!request.headers.empty()) {
    response.add("Access-Control-Allow-Headers", join(request.headers));
  }
  if (!rule.expose_headers.empty()) {
    response.add("Access-Control-Expose-Headers", join(rule.expose_headers));
  }
  if (rule.max_age_s) response.add("Access-Control-Max-Age", std::to_string(*rule.max_age_s));
  if (!any_origin) response.add("Access-Control-Allow-Credentials", "true");
  response.add("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
}

}  // namespace pail::cors
