#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;

TEST(DeleteBucket, EmptyBucketGoes) {
  Loopback server;
  const Answer answer = send(server, "DELETE", "/bucket");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(send(server, "HEAD", "/bucket").status, 404);
}

TEST(DeleteBucket, BucketWithObjectsIsBucketNotEmpty) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket/a", {}, "bytes").status, 200);
  const Answer answer = send(server, "DELETE", "/bucket");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.element("Code"), "BucketNotEmpty");
  EXPECT_EQ(answer.element("Message"), "The bucket you tried to delete is not empty");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
  ASSERT_EQ(send(server, "DELETE", "/bucket/a").status, 204);
  EXPECT_EQ(send(server, "DELETE", "/bucket").status, 204);
}

TEST(DeleteBucket, UnknownBucketIsNoSuchBucket) {
  Loopback server;
  const Answer answer = send(server, "DELETE", "/unknown");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.element("Code"), "NoSuchBucket");
  EXPECT_EQ(answer.element("BucketName"), "unknown");
}

TEST(DeleteBucket, NewBucketOfTheNameStartsEmpty) {
  Loopback server;
  const std::string policy_less = "/bucket?policy";
  ASSERT_EQ(send(server, "DELETE", "/bucket").status, 204);
  ASSERT_EQ(send(server, "PUT", "/bucket").status, 200);
  EXPECT_EQ(send(server, "GET", policy_less).element("Code"), "NoSuchBucketPolicy");
}

}  // namespace
}  // namespace pail::operations
