#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Loopback;
using test::send;

TEST(GetBucketCors, WithoutConfigurationIsNoSuchCorsConfiguration) {
  Loopback server;
  const Answer answer = send(server, "GET", "/bucket?cors");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.element("Code"), "NoSuchCORSConfiguration");
  EXPECT_EQ(answer.element("Message"), "The CORS configuration does not exist");
  EXPECT_EQ(answer.element("BucketName"), "bucket");
}

TEST(GetBucketCors, GivesBackWhatWasPut) {
  Loopback server;
  const std::string document =
      "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CORSRule>"
      "<MaxAgeSeconds>3000</MaxAgeSeconds><AllowedHeader>x-AMZ-server-SIDE</AllowedHeader>"
      "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>http://test.com:80</AllowedOrigin>"
      "<ID>one</ID></CORSRule></CORSConfiguration>";
  ASSERT_EQ(send(server, "PUT", "/bucket?cors", {content_md5(document)}, document).status, 200);
  const Answer answer = send(server, "GET", "/bucket?cors");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), "application/xml");
  EXPECT_EQ(answer.body,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CORSRule>"
            "<ID>one</ID><AllowedOrigin>http://test.com:80</AllowedOrigin>"
            "<AllowedMethod>GET</AllowedMethod><AllowedHeader>x-AMZ-server-SIDE</AllowedHeader>"
            "<MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule></CORSConfiguration>");
}

}  // namespace
}  // namespace pail::operations
