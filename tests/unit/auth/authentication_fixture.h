#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "auth/authenticator.h"
#include "support/signed_request.h"

namespace pail::auth {

using test::SigningOptions;
using test::TestRequest;

inline constexpr const char* kSignedHash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
inline constexpr const char* kUnsignedHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

inline AuthenticatorOptions options() {
  AuthenticatorOptions options;
  options.names = test::example_names();
  options.ports = {9000};
  return options;
}

class Authentication : public testing::Test {
 protected:
  void use(AuthenticatorOptions changed) {
    authenticator_ =
        std::make_unique<Authenticator>(test::example_credentials(), std::move(changed), clock_);
  }
  S3Result<AuthenticatedRequest> authenticate(TestRequest& request) {
    routed_ = std::make_unique<protocol::RoutedRequest>(request.routed());
    return authenticator_->authenticate(*routed_);
  }
  /// "header AKID", "anonymous", or the error's code.
  std::string outcome(TestRequest& request) {
    const auto result = authenticate(request);
    if (!result) return std::string(error_name(result.error().code));
    if (result->kind() == AuthenticationKind::kAnonymous) return "anonymous";
    return (result->kind() == AuthenticationKind::kHeader ? "header " : "query ") +
           result->identity().access_key_id;
  }
  S3Error error_of(TestRequest& request) {
    auto result = authenticate(request);
    if (!result) return result.error();
    ADD_FAILURE() << "accepted";
    return S3Error(S3ErrorCode::InternalError);
  }

  time::ManualClock clock_{test::example_time()};
  std::unique_ptr<Authenticator> authenticator_ =
      std::make_unique<Authenticator>(test::example_credentials(), options(), clock_);
  std::unique_ptr<protocol::RoutedRequest> routed_;
};

inline const std::string kHeaderOk = "header AKIAIOSFODNN7EXAMPLE";
inline const std::string kQueryOk = "query AKIAIOSFODNN7EXAMPLE";

inline std::string aws_example_url(std::string_view signature) {
  return "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F"
         "20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
         "&X-Amz-SignedHeaders=host&X-Amz-Signature=" +
         std::string(signature);
}
inline constexpr const char* kAwsExampleSignature =
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

}  // namespace pail::auth
