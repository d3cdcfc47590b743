#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Loopback;
using test::send;
using test::send_anonymously;

TEST(DeletePublicAccessBlock, OpensTheBucketForPublicPolicies) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/fresh").status, 200);
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
      R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::fresh/*"}]})";
  EXPECT_EQ(send(server, "PUT", "/fresh?policy", {}, policy).outcome(), "403 AccessDenied");
  EXPECT_EQ(send(server, "DELETE", "/fresh?publicAccessBlock").status, 204);
  EXPECT_EQ(send(server, "PUT", "/fresh?policy", {}, policy).status, 204);
  server.put("/fresh/key", "x");
  EXPECT_EQ(send_anonymously(server, "GET", "/fresh/key").status, 200);
}

}  // namespace
}  // namespace pail::operations
