#pragma once

#include <string>
#include <string_view>

#include "http/request.h"
#include "time/clock.h"

namespace pail::test {

/// Signs requests with Signature Version 4 in the Authorization header. Written from AWS's
/// description and on OpenSSL alone, so that it does not share mistakes with the server.
class RequestSigner {
 public:
  RequestSigner(std::string access_key_id, std::string secret_access_key, std::string region)
      : access_key_id_(std::move(access_key_id)),
        secret_access_key_(std::move(secret_access_key)),
        region_(std::move(region)) {}

  /// Adds x-amz-date, x-amz-content-sha256 (unless it is there) and Authorization. Signs every
  /// header of the request; the target must be encoded as S3 canonicalises it.
  void sign(http::Request& request, std::string_view payload, time::Timestamp now) const;

 private:
  std::string access_key_id_;
  std::string secret_access_key_;
  std::string region_;
};

}  // namespace pail::test
