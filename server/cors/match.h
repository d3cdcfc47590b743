#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cors/configuration.h"
#include "http/header_map.h"

namespace pail::cors {

/// What a browser asks for, or asks whether it may. Views into the request; a value.
struct CorsRequest {
  std::string_view origin;
  /// Access-Control-Request-Method, else the method of the request.
  std::string_view method;
  /// The names in Access-Control-Request-Headers, in lower case.
  std::vector<std::string> headers;
};

/// AWS takes Access-Control-Request-Method and -Headers from a GET as from a preflight (recorded).
CorsRequest read_request(const http::HeaderMap& headers, std::string_view method);

/// Whether text fits a pattern with at most one '*'; an origin's letters count by their case.
bool matches_origin(std::string_view pattern, std::string_view origin);
/// The same for the name of a header field, whose case does not count.
bool matches_header(std::string_view pattern, std::string_view name);

/// A rule that allows the request, and the pattern that the origin fits.
struct Match {
  const Rule* rule = nullptr;
  std::string_view origin_pattern;
};

/// The first rule that allows the origin, the method and every header; without a rule if none does.
/// The match refers to `configuration`.
Match find_match(const Configuration& configuration, const CorsRequest& request);

/// The headers with which AWS lets the browser read the answer. `match` has a rule.
void add_allow_headers(const Match& match, const CorsRequest& request, http::HeaderMap& response);

}  // namespace pail::cors
