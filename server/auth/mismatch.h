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

/// The same where no canonical request was signed: Signature Version 2 and forms.
S3Error signature_does_not_match(std::string_view access_key_id, std::string_view string_to_sign,
                                 std::string_view signature_provided);

}  // namespace pail::auth
