#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Loopback;
using test::send;
using test::send_anonymously;

const std::string kPublicPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",)"
    R"("Action":"s3:GetObject","Resource":"arn:aws:s3:::classic/*"}]})";

std::string block(const std::string& setting) {
  return "<PublicAccessBlockConfiguration><" + setting + ">true</" + setting +
         "></PublicAccessBlockConfiguration>";
}

Answer put_block(Loopback& server, const std::string& setting) {
  const std::string document = block(setting);
  return send(server, "PUT", "/classic?publicAccessBlock", {content_md5(document)}, document);
}

TEST(PutPublicAccessBlock, BlocksPublicAcls) {
  Loopback server;
  ASSERT_EQ(put_block(server, "BlockPublicAcls").status, 200);
  EXPECT_EQ(server.put("/classic/key", "x", {{"x-amz-acl", "public-read"}}).outcome(),
            "403 AccessDenied");
  EXPECT_EQ(send(server, "PUT", "/classic?acl", {{"x-amz-acl", "public-read"}}).outcome(),
            "403 AccessDenied");
  EXPECT_EQ(server.put("/classic/key", "x", {{"x-amz-acl", "private"}}).outcome(), "200");
}

TEST(PutPublicAccessBlock, IgnoresPublicAclsThatAreThere) {
  Loopback server;
  ASSERT_EQ(server.put("/classic/key", "x", {{"x-amz-acl", "public-read"}}).status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").status, 200);
  ASSERT_EQ(put_block(server, "IgnorePublicAcls").status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").outcome(), "403 AccessDenied");
}

TEST(PutPublicAccessBlock, BlocksPublicPolicies) {
  Loopback server;
  ASSERT_EQ(put_block(server, "BlockPublicPolicy").status, 200);
  EXPECT_EQ(send(server, "PUT", "/classic?policy", {}, kPublicPolicy).outcome(),
            "403 AccessDenied");
}

TEST(PutPublicAccessBlock, RestrictsBucketsWithAPublicPolicy) {
  Loopback server;
  server.put("/classic/key", "x");
  ASSERT_EQ(send(server, "PUT", "/classic?policy", {}, kPublicPolicy).status, 204);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").status, 200);
  ASSERT_EQ(put_block(server, "RestrictPublicBuckets").status, 200);
  EXPECT_EQ(send_anonymously(server, "GET", "/classic/key").outcome(), "403 AccessDenied");
  EXPECT_EQ(server.get("/classic/key").status, 200);
}

TEST(PutPublicAccessBlock, EmptyDocumentIsMalformed) {
  Loopback server;
  const std::string document = "<PublicAccessBlockConfiguration/>";
  EXPECT_EQ(send(server, "PUT", "/classic?publicAccessBlock", {content_md5(document)}, document)
                .outcome(),
            "400 MalformedXML");
}

}  // namespace
}  // namespace pail::operations
