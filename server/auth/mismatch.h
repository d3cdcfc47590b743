#pragma once

#include <string_view>

#include "error/s3_error.h"

namespace pail::auth {

/// What SignatureDoesNotMatch shows of how the server computed its signature. Views.
struct SignatureWork {
  std::string_view access_key_id;
  std::string_view string_to_sign;
  std::string_view signature_provided;
  std::string_view canonical_request;
};

/// The error in AWS's form: the elements in AWS's order, both texts also as bytes in hex.
S3Error signature_does_not_match(const SignatureWork& work);

}  // namespace pail::auth
