#pragma once

#include <string>

#include "random/random.h"

namespace pail::service {

/// The two names of an exchange that AWS gives out, for people who report a problem. A value.
struct RequestIds {
  std::string request_id;  // 16 characters: x-amz-request-id, RequestId
  std::string host_id;     // 76 characters of base64: x-amz-id-2, HostId
};

RequestIds make_request_ids(random::Random& random);

}  // namespace pail::service
