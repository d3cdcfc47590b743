#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::Loopback;
using test::send;
using test::send_anonymously;

const std::string kPublicRead =
    R"({ "Version" : "2012-10-17", "Statement":[{"Effect":"Allow","Principal":"*",)"
    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]})";

TEST(PutBucketPolicy, IsAnswered204AndTakesEffect) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket/a", {}, "bytes").status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket/a").status, 403);
  const Answer answer = send(server, "PUT", "/bucket?policy", {}, kPublicRead);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket/a").status, 200);
}

TEST(PutBucketPolicy, WhatIsNoPolicyIsMalformedPolicy) {
  Loopback server;
  for (const char* document : {"", "random", "[]", "{\"Statement\":"}) {
    const Answer answer = send(server, "PUT", "/bucket?policy", {}, document);
    EXPECT_EQ(answer.status, 400) << document;
    EXPECT_EQ(answer.element("Code"), "MalformedPolicy") << document;
  }
  EXPECT_EQ(send(server, "PUT", "/bucket?policy", {}, "{}").element("Message"),
            "Missing required field Statement");
  EXPECT_EQ(send(server, "GET", "/bucket?policy").status, 404);
}

}  // namespace
}  // namespace pail::operations
