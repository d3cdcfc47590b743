#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::content_md5;
using test::Loopback;
using test::send;

TEST(DeleteBucketCors, RemovesTheConfiguration) {
  Loopback server;
  const std::string document =
      "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
      "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
  ASSERT_EQ(send(server, "PUT", "/bucket?cors", {content_md5(document)}, document).status, 200);
  EXPECT_EQ(send(server, "DELETE", "/bucket?cors").status, 204);
  EXPECT_EQ(send(server, "GET", "/bucket?cors").status, 404);
  EXPECT_EQ(send(server, "GET", "/bucket", {{"Origin", "http://a.test"}})
                .header("Access-Control-Allow-Origin"),
            "");
}

TEST(DeleteBucketCors, WithoutConfigurationSucceedsToo) {
  Loopback server;
  EXPECT_EQ(send(server, "DELETE", "/bucket?cors").status, 204);
}

}  // namespace
}  // namespace pail::operations
