#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Loopback;
using test::send;
using test::send_anonymously;

TEST(DeleteBucketPolicy, RemovesThePolicyAndSucceedsWithoutOne) {
  Loopback server;
  ASSERT_EQ(send(server, "PUT", "/bucket?policy", {},
                 R"({"Statement":[{"Effect":"Allow","Principal":"*",)"
                 R"("Action":"s3:ListBucket","Resource":"arn:aws:s3:::bucket"}]})")
                .status,
            204);
  ASSERT_EQ(send_anonymously(server, "GET", "/bucket").status, 200);
  EXPECT_EQ(send(server, "DELETE", "/bucket?policy").status, 204);
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket").status, 403);
  EXPECT_EQ(send(server, "GET", "/bucket?policy").status, 404);
  EXPECT_EQ(send(server, "DELETE", "/bucket?policy").status, 204);
}

}  // namespace
}  // namespace pail::operations
