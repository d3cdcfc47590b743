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

TEST(PutObjectAcl, LetsOthersRead) {
  Loopback server;
  server.put("/classic/key", "x");
  EXPECT_EQ(server.send({.target = "/classic/key", .sender = Sender::kStranger}).status, 403);
  ASSERT_EQ(send(server, "PUT", "/classic/key?acl", {}, kOthersRead).status, 200);
  EXPECT_EQ(server.send({.target = "/classic/key", .sender = Sender::kStranger}).body, "x");
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").status, 403);
}

TEST(PutObjectAcl, IsOfTheVersionThatIsNamed) {
  Loopback server;
  send(server, "PUT", "/classic?versioning", {},
       "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  const std::string old = server.put("/classic/key", "old").header("x-amz-version-id");
  server.put("/classic/key", "new");
  const std::string named = "/classic/key?versionId=" + old;
  ASSERT_EQ(send(server, "PUT", "/classic/key?acl&versionId=" + old, {{"x-amz-acl", "public-read"}})
                .header("x-amz-version-id"),
            old);
  EXPECT_EQ(send_anonymously(server, "GET", named).body, "old");
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").status, 403);
}

TEST(PutObjectAcl, OfADeleteMarkerIsNotAllowed) {
  Loopback server;
  send(server, "PUT", "/classic?versioning", {},
       "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  server.put("/classic/key", "x");
  server.remove("/classic/key");
  const Answer answer = send(server, "PUT", "/classic/key?acl", {{"x-amz-acl", "private"}});
  EXPECT_EQ(answer.outcome(), "405 MethodNotAllowed");
  EXPECT_EQ(answer.element("ResourceType"), "DeleteMarker");
  EXPECT_EQ(answer.element("Method"), "PUT");
}

TEST(PutObjectAcl, IsNotSupportedWhereAclsAreOff) {
  Loopback server;
  server.put("/bucket/key", "x");
  EXPECT_EQ(send(server, "PUT", "/bucket/key?acl", {{"x-amz-acl", "public-read"}}).outcome(),
            "400 AccessControlListNotSupported");
  EXPECT_EQ(send(server, "PUT", "/classic/none?acl", {{"x-amz-acl", "private"}}).outcome(),
            "404 NoSuchKey");
}

}  // namespace
}  // namespace pail::operations
