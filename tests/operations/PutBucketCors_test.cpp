#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::elements;
using test::Headers;
using test::Loopback;
using test::send;
using test::send_anonymously;

class PutBucketCors : public ::testing::Test {
 protected:
  Answer put(const std::string& document) {
    return send(server_, "PUT", "/bucket?cors", {content_md5(document)}, document);
  }

  Loopback server_;
};

const std::string kDocument =
    "<CORSConfiguration><CORSRule><AllowedOrigin>http://app.test</AllowedOrigin>"
    "<AllowedMethod>GET</AllowedMethod><ExposeHeader>ETag</ExposeHeader></CORSRule>"
    "</CORSConfiguration>";

TEST_F(PutBucketCors, IsAnsweredWithoutBody) {
  const Answer answer = put(kDocument);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
}

TEST_F(PutBucketCors, ReplacesWhatWasThere) {
  ASSERT_EQ(put(kDocument).status, 200);
  ASSERT_EQ(put("<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
                "<AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>")
                .status,
            200);
  EXPECT_EQ(elements(send(server_, "GET", "/bucket?cors"), "AllowedMethod"),
            (std::vector<std::string>{"PUT"}));
}

TEST_F(PutBucketCors, ADigestOfTheBodyIsRequired) {
  const Answer answer = send(server_, "PUT", "/bucket?cors", {}, kDocument);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Code"), "InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

TEST_F(PutBucketCors, ChecksumIsAsGoodAsContentMd5) {
  const Answer wrong =
      send(server_, "PUT", "/bucket?cors", {{"x-amz-checksum-crc32", "AAAAAA=="}}, kDocument);
  EXPECT_EQ(wrong.element("Code"), "BadDigest");
}

TEST_F(PutBucketCors, UnknownMethodIsNamedAndNothingChanges) {
  const Answer answer =
      put("<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
          "<AllowedMethod>MYMETHOD</AllowedMethod></CORSRule></CORSConfiguration>");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.element("Message"),
            "Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD");
  EXPECT_EQ(send(server_, "GET", "/bucket?cors").status, 404);
}

TEST_F(PutBucketCors, AnswersAboutMissingKeysCarryTheHeadersToo) {
  put(kDocument);
  const Answer missing = send(server_, "GET", "/bucket/missing", {{"Origin", "http://app.test"}});
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Access-Control-Allow-Origin"), "http://app.test");
}

TEST_F(PutBucketCors, WithoutRulesIsMalformedXml) {
  EXPECT_EQ(put("<CORSConfiguration/>").element("Code"), "MalformedXML");
}

TEST_F(PutBucketCors, ActualAnswersCarryTheHeadersErrorsIncluded) {
  ASSERT_EQ(put(kDocument).status, 200);
  const Answer list = send(server_, "GET", "/bucket", {{"Origin", "http://app.test"}});
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.header("Access-Control-Allow-Origin"), "http://app.test");
  EXPECT_EQ(list.header("Access-Control-Expose-Headers"), "ETag");
  const Answer refused =
      send_anonymously(server_, "GET", "/bucket/secret", {{"Origin", "http://app.test"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.header("Access-Control-Allow-Origin"), "http://app.test");
  const Answer stranger = send(server_, "GET", "/bucket", {{"Origin", "http://other.test"}});
  EXPECT_EQ(stranger.header("Access-Control-Allow-Origin"), "");
}

}  // namespace
}  // namespace pail::operations
