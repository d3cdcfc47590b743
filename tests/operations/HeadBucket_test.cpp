#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;

TEST(HeadBucket, NamesTheRegion) {
  Loopback server("eu-central-1");
  const Answer answer = send(server, "HEAD", "/bucket");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("x-amz-bucket-region"), "eu-central-1");
  EXPECT_EQ(answer.header("x-amz-access-point-alias"), "false");
  EXPECT_EQ(answer.body, "");
}

TEST(HeadBucket, UnknownBucketIs404WithoutBody) {
  Loopback server;
  const Answer answer = send(server, "HEAD", "/unknown");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "");
}

TEST(HeadBucket, StrangersMayNot) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "HEAD", "/bucket").status, 403);
}

}  // namespace
}  // namespace pail::operations
