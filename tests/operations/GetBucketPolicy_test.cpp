#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;

TEST(GetBucketPolicy, WithoutPolicyIsNoSuchBucketPolicy) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?policy");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.element("Code"), "NoSuchBucketPolicy");
  EXPECT_EQ(answer.element("Message"), "The bucket policy does not exist");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetBucketPolicy, GivesBackTheBytesThatWerePut) {
  Loopback server;
  const std::string document =
      "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [ {\"Effect\": \"Allow\", "
      "\"Principal\": {\"AWS\": \"*\"}, \"Action\": [\"s3:GetObject\"], "
      "\"Resource\": \"arn:aws:s3:::bucket/*\"} ]\n}\n";
  ASSERT_EQ(send(server, "PUT", "/bucket?policy", {}, document).status, 204);
  const Answer answer = send(server, "GET", "/bucket?policy");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.body, document);
}

}  // namespace
}  // namespace pail::operations
