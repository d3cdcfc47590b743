#include <string>

#include <gtest/gtest.h>

#include "auth/directory.h"
#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;
using test::Sender;

const std::string kOthersRead =
    "<AccessControlPolicy xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Owner><ID>" +
    auth::canonical_id_of(test::kOwnerAccountId) +
    "</ID></Owner><AccessControlList><Grant><Grantee xsi:type=\"CanonicalUser\"><ID>" +
    auth::canonical_id_of(test::kStrangerAccountId) +
    "</ID></Grantee><Permission>READ</Permission></Grant></AccessControlList>"
    "</AccessControlPolicy>";

TEST(PutBucketAcl, LetsOthersList) {
  Loopback server;
  EXPECT_EQ(server.send({.target = "/classic", .sender = Sender::kStranger}).status, 403);
  ASSERT_EQ(send(server, "PUT", "/classic?acl", {}, kOthersRead).status, 200);
  EXPECT_EQ(server.send({.target = "/classic", .sender = Sender::kStranger}).status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic").status, 403);
}

TEST(PutBucketAcl, CannedNameOpensTheBucketToEverybody) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "public-read-write"}}).status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic").status, 200);
  EXPECT_EQ(send_anonymously(server, "PUT", "/classic/key", {}, "x").status, 200);
}

TEST(PutBucketAcl, IsNotSupportedWhereAclsAreOff) {
  Loopback server;
  EXPECT_EQ(send(server, "PUT", "/bucket?acl", {{"x-amz-acl", "public-read"}}).outcome(),
            "400 AccessControlListNotSupported");
}

TEST(PutBucketAcl, WrongRequestsAreRefusedAsRecorded) {
  Loopback server;
  const Answer nothing = send(server, "PUT", "/classic?acl");
  EXPECT_EQ(nothing.outcome(), "400 MissingSecurityHeader");
  EXPECT_EQ(nothing.element("MissingHeaderName"), "x-amz-acl");
  EXPECT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "private"}}, kOthersRead).outcome(),
            "400 UnexpectedContent");
  EXPECT_EQ(send(server, "PUT", "/classic?acl", {}, "<AccessControlPolicy/>").outcome(),
            "400 MalformedACLError");
  EXPECT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "fake-acl"}}).outcome(),
            "400 InvalidArgument");
}

}  // namespace
}  // namespace pail::operations
