#pragma once

#include <string>

#include "http/body_reader.h"
#include "http/header_map.h"

namespace pail::http {

/// A request as it arrived: nothing decoded, nothing reordered. `body` outlives the request's
/// handling.
struct Request {
  std::string method;
  /// The raw request target, e.g. "/photos/a%20b?versionId=1"; in absolute form the scheme and
  /// authority have been cut off and the authority has replaced the Host field's value.
  std::string target;
  HeaderMap headers;
  std::string remote_address;
  bool is_tls = false;
  BodyReader* body = nullptr;
};

}  // namespace pail::http
