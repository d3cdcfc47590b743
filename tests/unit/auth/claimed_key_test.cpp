#include "auth/claimed_key.h"

#include <gtest/gtest.h>

namespace pail::auth {
namespace {

std::string claimed_in_header(const std::string& field) {
  http::Request request;
  request.target = "/bucket/key?X-Amz-Credential=OTHER%2F20261124";
  request.headers.add("Authorization", field);
  return std::string(claimed_access_key_id(request));
}

std::string claimed_in_target(const std::string& target) {
  http::Request request;
  request.target = target;
  return std::string(claimed_access_key_id(request));
}

TEST(ClaimedKey, StandsInTheAuthorizationField) {
  EXPECT_EQ(claimed_in_header("AWS4-HMAC-SHA256 Credential=AKID.one/20261124/us-east-1/s3/"
                              "aws4_request, SignedHeaders=host, Signature=00"),
            "AKID.one");
  EXPECT_EQ(claimed_in_header("AWS AKID.one:c2lnbmF0dXJl"), "AKID.one");
}

TEST(ClaimedKey, StandsInTheQueryOfAPresignedUrl) {
  EXPECT_EQ(claimed_in_target("/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID.one%2F"
                              "20261124%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=00"),
            "AKID.one");
  EXPECT_EQ(claimed_in_target("/b/k?AWSAccessKeyId=AKID.one&Signature=x&Expires=1"), "AKID.one");
}

TEST(ClaimedKey, IsEmptyWhereNobodySigned) {
  EXPECT_EQ(claimed_in_target("/bucket/Credential=x/y"), "");
  EXPECT_EQ(claimed_in_target("/bucket/key?prefix=a"), "");
  EXPECT_EQ(claimed_in_header("Bearer token"), "");
}

}  // namespace
}  // namespace pail::auth
