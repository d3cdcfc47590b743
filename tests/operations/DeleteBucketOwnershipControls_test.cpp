#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;

TEST(DeleteBucketOwnershipControls, LeavesNoneBehind) {
  Loopback server;
  EXPECT_EQ(send(server, "DELETE", "/bucket?ownershipControls").status, 204);
  const Answer answer = send(server, "GET", "/bucket?ownershipControls");
  EXPECT_EQ(answer.outcome(), "404 OwnershipControlsNotFoundError");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

}  // namespace
}  // namespace pail::operations
