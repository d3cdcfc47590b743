#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Loopback;
using test::send;
using test::send_anonymously;

TEST(PreflightBucket, RefusalNamesTheBucketAsResource) {
  Loopback server;
  const std::string document =
      "<CORSConfiguration><CORSRule><AllowedOrigin>http://*.origin.com</AllowedOrigin>"
      "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
  ASSERT_EQ(send(server, "PUT", "/bucket?cors", {content_md5(document)}, document).status, 200);
  const Answer refused = send_anonymously(
      server, "OPTIONS", "/bucket",
      {{"Origin", "http://test.origin.com/"}, {"Access-Control-Request-Method", "GET"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.element("Method"), "GET");
  EXPECT_EQ(refused.element("ResourceType"), "BUCKET");
  const Answer allowed = send_anonymously(
      server, "OPTIONS", "/bucket?list-type=2",
      {{"Origin", "http://test.origin.com"}, {"Access-Control-Request-Method", "GET"}});
  EXPECT_EQ(allowed.status, 200);
  EXPECT_EQ(allowed.header("Access-Control-Allow-Origin"), "http://test.origin.com");
}

TEST(PreflightBucket, WithoutOriginIsBadRequest) {
  Loopback server;
  EXPECT_EQ(send_anonymously(server, "OPTIONS", "/bucket").element("Code"), "BadRequest");
}

}  // namespace
}  // namespace pail::operations
