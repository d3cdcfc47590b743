#include <string>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::Headers;
using test::Loopback;
using test::send;
using test::send_anonymously;

class PreflightObject : public ::testing::Test {
 protected:
  void put_rule(const std::string& origin, const std::string& members) {
    const std::string document = "<CORSConfiguration><CORSRule><AllowedOrigin>" + origin +
                                 "</AllowedOrigin>" + members + "</CORSRule></CORSConfiguration>";
    ASSERT_EQ(send(server_, "PUT", "/bucket?cors", {content_md5(document)}, document).status, 200);
  }
  Answer preflight(const Headers& headers, const std::string& target = "/bucket/a/key") {
    return send_anonymously(server_, "OPTIONS", target, headers);
  }

  Loopback server_;
};

TEST_F(PreflightObject, WithoutOriginIsBadRequest) {
  const Answer answer = preflight({{"Access-Control-Request-Method", "PUT"}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Code"), "BadRequest");
  EXPECT_EQ(answer.element("Message"), "Insufficient information. Origin request header needed.");
}

TEST_F(PreflightObject, UnknownBucketIsAccessForbidden) {
  const Answer answer = preflight({{"Origin", "whatever"}}, "/unknown/key");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.element("Code"), "AccessForbidden");
  EXPECT_EQ(answer.element("Message"), "CORSResponse: Bucket not found");
  EXPECT_EQ(answer.element("Method"), "OPTIONS");
  EXPECT_EQ(answer.element("ResourceType"), "BUCKET");
}

TEST_F(PreflightObject, BucketWithoutConfigurationIsAccessForbidden) {
  const Answer answer =
      preflight({{"Origin", "whatever"}, {"Access-Control-Request-Method", "PUT"}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.element("Message"), "CORSResponse: CORS is not enabled for this bucket.");
  EXPECT_EQ(answer.element("Method"), "PUT");
  EXPECT_EQ(answer.element("ResourceType"), "BUCKET");
  EXPECT_EQ(preflight({{"Origin", "whatever"}}).element("Method"), "OPTIONS");
}

TEST_F(PreflightObject, AllowedRequestIsToldSo) {
  put_rule("https://localhost:4200",
           "<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
           "<AllowedHeader>*</AllowedHeader><MaxAgeSeconds>3000</MaxAgeSeconds>"
           "<ExposeHeader>ETag</ExposeHeader>");
  const Answer answer = preflight({{"Origin", "https://localhost:4200"},
                                   {"Access-Control-Request-Method", "PUT"},
                                   {"Access-Control-Request-Headers", "Content-Type,x-amz-date"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://localhost:4200");
  EXPECT_EQ(answer.header("Access-Control-Allow-Methods"), "GET, PUT");
  EXPECT_EQ(answer.header("Access-Control-Allow-Headers"), "content-type, x-amz-date");
  EXPECT_EQ(answer.header("Access-Control-Expose-Headers"), "ETag");
  EXPECT_EQ(answer.header("Access-Control-Max-Age"), "3000");
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(answer.header("Vary"),
            "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
}

TEST_F(PreflightObject, AnyOriginIsAStarWithoutCredentials) {
  put_rule("*", "<AllowedMethod>GET</AllowedMethod>");
  const Answer answer =
      preflight({{"Origin", "http://random:1234"}, {"Access-Control-Request-Method", "GET"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(answer.header("Access-Control-Allow-Credentials"), "");
}

TEST_F(PreflightObject, WhatNoRuleAllowsIsAccessForbidden) {
  put_rule("https://localhost:4200", "<AllowedMethod>GET</AllowedMethod>");
  for (const Headers& headers :
       {Headers{{"Origin", "http://localhost:4200"}, {"Access-Control-Request-Method", "GET"}},
        Headers{{"Origin", "https://localhost:4200"}, {"Access-Control-Request-Method", "PUT"}},
        Headers{{"Origin", "https://localhost:4200"},
                {"Access-Control-Request-Method", "GET"},
                {"Access-Control-Request-Headers", "x-amz-request-payer"}}}) {
    const Answer answer = preflight(headers);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(answer.element("Code"), "AccessForbidden");
    EXPECT_TRUE(
        answer.element("Message").starts_with("CORSResponse: This CORS request is not allowed."));
    EXPECT_EQ(answer.element("ResourceType"), "OBJECT");
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "");
  }
}

TEST_F(PreflightObject, WithoutRequestedMethodIsBadRequest) {
  put_rule("*", "<AllowedMethod>GET</AllowedMethod>");
  const Answer answer = preflight({{"Origin", "http://a.test"}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Message"), "Invalid Access-Control-Request-Method: null");
}

TEST_F(PreflightObject, QueryOfAPresignedUrlIsNotLookedAt) {
  put_rule("*", "<AllowedMethod>PUT</AllowedMethod>");
  const Answer answer =
      preflight({{"Origin", "http://a.test"}, {"Access-Control-Request-Method", "PUT"}},
                "/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0");
  EXPECT_EQ(answer.status, 200);
}

}  // namespace
}  // namespace pail::operations
