#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::content_md5;
using test::Loopback;
using test::send;

TEST(DeleteBucketLifecycle, RemovesTheConfiguration) {
  Loopback server;
  const std::string document =
      "<LifecycleConfiguration><Rule><Filter/><Status>Enabled</Status><Expiration><Days>1</Days>"
      "</Expiration></Rule></LifecycleConfiguration>";
  ASSERT_EQ(send(server, "PUT", "/bucket?lifecycle", {content_md5(document)}, document).status,
            200);
  EXPECT_EQ(send(server, "DELETE", "/bucket?lifecycle").status, 204);
  EXPECT_EQ(send(server, "GET", "/bucket?lifecycle").outcome(), "404 NoSuchLifecycleConfiguration");
  EXPECT_EQ(server.put("/bucket/a", "x").header("x-amz-expiration"), "");
}

TEST(DeleteBucketLifecycle, WithoutConfigurationIsNoError) {
  Loopback server;
  EXPECT_EQ(send(server, "DELETE", "/bucket?lifecycle").status, 204);
}

}  // namespace
}  // namespace pail::operations
