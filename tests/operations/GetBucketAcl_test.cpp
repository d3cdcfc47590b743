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

TEST(GetBucketAcl, OfANewBucketIsFullControlOfTheOwner) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?acl");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(elements(answer, "ID"),
            (std::vector<std::string>(2, auth::canonical_id_of(test::kOwnerAccountId))));
  EXPECT_EQ(elements(answer, "Permission"), (std::vector<std::string>{"FULL_CONTROL"}));
}

TEST(GetBucketAcl, ShowsWhatWasPut) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "public-read"}}).status, 200);
  const Answer answer = send(server, "GET", "/classic?acl");
  EXPECT_EQ(answer.element("URI"), "http://acs.amazonaws.com/groups/global/AllUsers");
  EXPECT_EQ(elements(answer, "Permission"), (std::vector<std::string>{"FULL_CONTROL", "READ"}));
}

}  // namespace
}  // namespace pail::operations
