#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "auth/directory.h"
#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::elements;
using test::Loopback;
using test::send;
using test::Sender;

TEST(GetObjectAcl, OfAnObjectWithoutAclIsFullControlOfTheOwner) {
  Loopback server;
  server.put("/bucket/key", "x");
  const Answer answer = send(server, "GET", "/bucket/key?acl");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(elements(answer, "ID"),
            (std::vector<std::string>(2, auth::canonical_id_of(test::kOwnerAccountId))));
  EXPECT_EQ(elements(answer, "Permission"), (std::vector<std::string>{"FULL_CONTROL"}));
}

TEST(GetObjectAcl, ShowsWhatTheObjectWasWrittenWith) {
  Loopback server;
  ASSERT_EQ(server.put("/classic/key", "x", {{"x-amz-acl", "authenticated-read"}}).status, 200);
  EXPECT_EQ(send(server, "GET", "/classic/key?acl").element("URI"),
            "http://acs.amazonaws.com/groups/global/AuthenticatedUsers");
}

TEST(GetObjectAcl, OwnerIsWhoWroteWhereTheWriterOwns) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "public-read-write"}}).status, 200);
  ASSERT_EQ(server
                .send({.method = "PUT",
                       .target = "/classic/theirs",
                       .body = "x",
                       .sender = Sender::kStranger})
                .status,
            200);
  EXPECT_EQ(send(server, "GET", "/classic/theirs").outcome(), "403 AccessDenied")
      << "the bucket's owner does not own the object";
  const Answer answer = server.send({.target = "/classic/theirs?acl", .sender = Sender::kStranger});
  EXPECT_EQ(elements(answer, "ID").front(), auth::canonical_id_of(test::kStrangerAccountId));
}

TEST(GetObjectAcl, OfNoObjectIsNoSuchKey) {
  Loopback server;
  EXPECT_EQ(send(server, "GET", "/bucket/none?acl").outcome(), "404 NoSuchKey");
}

}  // namespace
}  // namespace pail::operations
