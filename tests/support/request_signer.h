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
  /// With the session token of temporary credentials, if they are such.
  RequestSigner(std::string access_key_id, std::string secret_access_key, std::string region,
                std::string session_token = {})
      : access_key_id_(std::move(access_key_id)),
        secret_access_key_(std::move(secret_access_key)),
        region_(std::move(region)),
        session_token_(std::move(session_token)) {}

  /// Adds x-amz-date, x-amz-content-sha256 (unless it is there) and Authorization. Signs every
  /// header of the request; the target must be encoded as S3 canonicalises it.
  void sign(http::Request& request, std::string_view payload, time::Timestamp now,
            const std::string& service = "s3") const;

  /// Adds the same proof to the query instead, of a payload that is not signed.
  void presign(http::Request& request, time::Timestamp now, int expires_s) const;

 private:
  struct Proof;
  /// Signs the request as it stands.
  [[nodiscard]] Proof prove(const http::Request& request, const std::string& date,
                            const std::string& service, const std::string& query,
                            std::string_view payload_hash) const;
  [[nodiscard]] std::string scope(const std::string& date, const std::string& service) const;

  std::string access_key_id_;
  std::string secret_access_key_;
  std::string region_;
  std::string session_token_;
};

}  // namespace pail::test
