#pragma once

#include <string_view>

#include "http/request.h"

namespace pail::auth {

/// The access key id that a request says it is signed with, in the Authorization field or in the
/// query, whatever the version of the signature; empty if there is none. Proves nothing. Refers to
/// the request. In a query it is found as it stands there: percent-encoded.
std::string_view claimed_access_key_id(const http::Request& request);

}  // namespace pail::auth
