#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;

TEST(GetPublicAccessBlock, NewBucketsBlockEverything) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/fresh").status, 200);
  const Answer answer = send(server, "GET", "/fresh?publicAccessBlock");
  EXPECT_EQ(answer.element("BlockPublicAcls"), "true");
  EXPECT_EQ(answer.element("RestrictPublicBuckets"), "true");
}

TEST(GetPublicAccessBlock, IsNotFoundWhereNothingIsBlocked) {
  Loopback server;
  const Answer answer = send(server, "GET", "/classic?publicAccessBlock");
  EXPECT_EQ(answer.outcome(), "404 NoSuchPublicAccessBlockConfiguration");
  EXPECT_EQ(answer.element("BucketName"), "classic");
}

}  // namespace
}  // namespace pail::operations
