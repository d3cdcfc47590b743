#include <string>

#include <gtest/gtest.h>

#include "operations/policy_fixture.h"
#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Loopback;
using test::send;

std::string controls(const std::string& ownership) {
  return "<OwnershipControls><Rule><ObjectOwnership>" + ownership +
         "</ObjectOwnership></Rule></OwnershipControls>";
}

Answer put(Loopback& server, const std::string& document) {
  return send(server, "PUT", "/bucket?ownershipControls", {content_md5(document)}, document);
}

TEST(PutBucketOwnershipControls, SwitchesAclsOn) {
  Loopback server;
  EXPECT_EQ(server.put("/bucket/key", "x", {{"x-amz-acl", "authenticated-read"}}).outcome(),
            "400 AccessControlListNotSupported");
  ASSERT_EQ(put(server, controls("ObjectWriter")).status, 200);
  EXPECT_EQ(server.put("/bucket/key", "x", {{"x-amz-acl", "bucket-owner-read"}}).outcome(), "200");
}

TEST(PutBucketOwnershipControls, CanNotSwitchOffAclsThatGrantOthersSomething) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "public-read"}}).status, 200);
  const std::string document = controls("BucketOwnerEnforced");
  EXPECT_EQ(send(server, "PUT", "/classic?ownershipControls", {content_md5(document)}, document)
                .outcome(),
            "400 InvalidBucketAclWithObjectOwnership");
}

TEST(PutBucketOwnershipControls, UnknownOwnershipIsMalformed) {
  Loopback server;
  EXPECT_EQ(put(server, controls("Mine")).outcome(), "400 MalformedXML");
}

TEST(PutBucketOwnershipControls, PoliciesSeeTheDocument) {
  Loopback server;
  const auto call = [](const char* ownership) {
    const std::string document = controls(ownership);
    return test::Call{.method = "PUT",
                      .target = "/bucket?ownershipControls",
                      .headers = {content_md5(document)},
                      .body = document};
  };
  const char* const condition = R"({"StringEquals":{"s3:x-amz-object-ownership":"ObjectWriter"}})";
  const char* const action = "s3:PutBucketOwnershipControls";
  const test::Statement deny{"Deny", action, "bucket", condition};
  EXPECT_EQ(outcome_under(server, deny, call("ObjectWriter")), "403 AccessDenied");
  EXPECT_EQ(outcome_under(server, deny, call("BucketOwnerPreferred")), "200");
  const test::Statement allow{"Allow", action, "bucket", condition};
  EXPECT_EQ(outcome_under(server, allow, call("ObjectWriter")), "200");
  EXPECT_EQ(outcome_under(server, allow, call("BucketOwnerEnforced")), "403 AccessDenied");
}

}  // namespace
}  // namespace pail::operations
