#include <stdexcept>

#include <gtest/gtest.h>

#include "fault/rule_json.h"
#include "support/calls.h"
#include "support/loopback.h"

// What faults do to requests on their way through the service. How answers are cut on the wire is
// tested with the transport.
namespace pail::test {
namespace {

using namespace std::chrono_literals;

class Faults : public testing::Test {
 protected:
  void SetUp() override { server.put("/bucket/a/1", "hello"); }

  void add(std::string_view rules) {
    auto read = fault::read_rules(rules, {});
    if (!read) throw std::runtime_error(read.error());
    const auto ids = server.faults().add(std::move(read).value());
    if (!ids) throw std::runtime_error(ids.error());
  }

  Loopback server;
};

TEST_F(Faults, ErrorOfTheCatalogueIsAnsweredInsteadOfTheOperation) {
  add(R"({"operation":"PutObject","error":"SlowDown","retry_after_s":2,"nth":1})");
  const Answer refused = server.put("/bucket/a/1", "changed");
  EXPECT_EQ(refused.outcome(), "503 SlowDown");
  EXPECT_EQ(refused.header("Retry-After"), "2");
  EXPECT_EQ(refused.element("Message"), "Please reduce your request rate.");
  EXPECT_FALSE(refused.element("RequestId").empty());
  EXPECT_FALSE(refused.body_was_wanted);
  EXPECT_EQ(server.get("/bucket/a/1").body, "hello");
  EXPECT_EQ(server.put("/bucket/a/1", "changed").status, 200);
}

TEST_F(Faults, ErrorsActBeforeTheSenderIsKnown) {
  add(R"({"error":"InternalError"})");
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket/a/1").outcome(), "500 InternalError");
}

TEST_F(Faults, HeadGetsTheStatusWithoutADocument) {
  add(R"({"operation":"HeadObject","error":"ServiceUnavailable"})");
  const Answer answer = server.head("/bucket/a/1");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "");
}

TEST_F(Faults, ErrorMayHaveItsOwnStatusAndMessage) {
  add(R"({"error":{"code":"SlowDown","status":429,"message":"Not so fast"}})");
  const Answer answer = server.get("/bucket/a/1");
  EXPECT_EQ(answer.outcome(), "429 SlowDown");
  EXPECT_EQ(answer.element("Message"), "Not so fast");
  EXPECT_EQ(server.last_record().status, 429);
}

TEST_F(Faults, ErrorsCarryTheElementsThatAwsGivesThem) {
  add(R"({"key":"a/*","error":"NoSuchKey"})");
  add(R"({"operation":"ListObjectsV2","error":"NoSuchBucket"})");
  EXPECT_EQ(server.get("/bucket/a/1").element("Key"), "a/1");
  EXPECT_EQ(server.get("/bucket?list-type=2").element("BucketName"), "bucket");
}

TEST_F(Faults, ExpiredTokenNamesTheToken) {
  add(R"({"error":"ExpiredToken"})");
  const Answer answer = server.get("/bucket/a/1", {{"x-amz-security-token", "old"}});
  EXPECT_EQ(answer.outcome(), "400 ExpiredToken");
  EXPECT_EQ(answer.element("Token-0"), "old");
}

TEST_F(Faults, TokenServiceAnswersInItsOwnShape) {
  add(R"({"operation":"GetCallerIdentity","error":"ServiceUnavailable"})");
  Call call;
  call.method = "POST";
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  call.body = "Action=GetCallerIdentity&Version=2011-06-15";
  call.service = "sts";
  const Answer answer = server.send(call);
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("<ErrorResponse"), std::string::npos);
}

TEST_F(Faults, ErrorInside200LeavesTheCopyUndone) {
  add(R"({"error_in_200":"InternalError"})");
  const Answer copied = server.put("/bucket/copy", "", {{"x-amz-copy-source", "/bucket/a/1"}});
  EXPECT_EQ(copied.status, 200);
  EXPECT_EQ(copied.element("Code"), "InternalError");
  EXPECT_EQ(copied.header("Content-Type"), "application/xml");
  EXPECT_EQ(server.get("/bucket/copy").status, 404);
  EXPECT_EQ(server.put("/bucket/b", "plain").status, 200);
}

TEST_F(Faults, PermanentRedirectNamesEndpointAndRegion) {
  add(R"({"redirect":{"status":301,"endpoint":"bucket.s3.eu-west-1.amazonaws.com",
          "region":"eu-west-1"}})");
  const Answer answer = server.get("/bucket/a/1");
  EXPECT_EQ(answer.outcome(), "301 PermanentRedirect");
  EXPECT_EQ(answer.element("Endpoint"), "bucket.s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(answer.element("Bucket"), "bucket");
  EXPECT_EQ(answer.header("x-amz-bucket-region"), "eu-west-1");
  EXPECT_EQ(answer.header("Location"), "");
}

TEST_F(Faults, TemporaryRedirectLeadsBackHereUnlessItSaysWhere) {
  add(R"({"redirect":307})");
  const Answer answer = server.get("/bucket/a/1?response-content-type=x");
  EXPECT_EQ(answer.outcome(), "307 TemporaryRedirect");
  EXPECT_EQ(answer.element("Endpoint"), "localhost:9000");
  EXPECT_EQ(answer.header("Location"), "http://localhost:9000/bucket/a/1?response-content-type=x");
  EXPECT_EQ(answer.header("x-amz-bucket-region"), "us-east-1");
}

TEST_F(Faults, RateLimitCountsEachPrefixOnTheClock) {
  add(R"({"rate_limit":{"requests_per_s":1,"burst":2},"retry_after_s":1})");
  EXPECT_EQ(server.get("/bucket/a/1").status, 200);
  EXPECT_EQ(server.get("/bucket/a/1").status, 200);
  const Answer refused = server.get("/bucket/a/1");
  EXPECT_EQ(refused.outcome(), "503 SlowDown");
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_EQ(server.get("/bucket/b/1").status, 404);
  EXPECT_EQ(server.get("/bucket?list-type=2&prefix=a/").outcome(), "503 SlowDown");
  server.clock().advance(1s);
  EXPECT_EQ(server.get("/bucket/a/1").status, 200);
}

TEST_F(Faults, WrongEtagHasTheFormOfARightOne) {
  const std::string right = server.head("/bucket/a/1").header("ETag");
  add(R"({"wrong_etag":true})");
  const std::string wrong = server.get("/bucket/a/1").header("ETag");
  EXPECT_NE(wrong, right);
  EXPECT_EQ(wrong.size(), right.size());
  EXPECT_EQ(wrong.substr(2), right.substr(2));
  const Answer copied = server.put("/bucket/copy", "", {{"x-amz-copy-source", "/bucket/a/1"}});
  EXPECT_NE(copied.body.find(wrong.substr(1, 32)), std::string::npos) << copied.body;
}

TEST_F(Faults, WrongChecksumHasTheFormOfARightOne) {
  server.put("/bucket/sum", "hello", {{"x-amz-checksum-crc32", digest_of("CRC32", "hello")}});
  add(R"({"wrong_checksum":true})");
  const Answer answer = server.get("/bucket/sum", {{"x-amz-checksum-mode", "ENABLED"}});
  const std::string wrong = answer.header("x-amz-checksum-crc32");
  EXPECT_NE(wrong, digest_of("CRC32", "hello"));
  EXPECT_EQ(wrong.substr(1), digest_of("CRC32", "hello").substr(1));
  EXPECT_EQ(answer.header("x-amz-checksum-type"), "FULL_OBJECT");
  EXPECT_EQ(answer.body, "hello");
}

TEST_F(Faults, CorruptedByteIsTheOnlyOneThatDiffers) {
  add(R"({"operation":"GetObject","corrupt_at_byte":1})");
  EXPECT_EQ(server.get("/bucket/a/1").body, "hdllo");
  EXPECT_EQ(server.get("/bucket/a/1", {{"Range", "bytes=3-4"}}).body, "ln");
  server.put("/bucket/short", "x");
  EXPECT_EQ(server.get("/bucket/short").body, "x");
}

TEST_F(Faults, WrongDateIsOffByThatMuch) {
  add(R"({"date_offset_s":-3600})");
  const Answer answer = server.get("/bucket/a/1");
  EXPECT_EQ(answer.header("Date"), "Tue, 24 Nov 2026 15:00:00 GMT");
  EXPECT_EQ(answer.headers.find_all("Date").size(), 1U);
}

TEST_F(Faults, WriteIsCommittedThoughItsAnswerIsLost) {
  add(R"({"operation":"PutObject","reset":"after_operation"})");
  const Answer lost = server.put("/bucket/a/1", "changed");
  ASSERT_TRUE(lost.delivery_plan.has_value());
  EXPECT_EQ(lost.delivery_plan->cut, (http::Cut{std::nullopt, true}));
  EXPECT_EQ(server.get("/bucket/a/1").body, "changed");
}

TEST_F(Faults, ResetBeforeTheOperationLeavesItUndone) {
  add(R"({"operation":"PutObject","name":"cable","reset":"before_operation"})");
  const Answer lost = server.put("/bucket/a/1", "changed");
  ASSERT_TRUE(lost.delivery_plan.has_value());
  EXPECT_EQ(lost.delivery_plan->cut, (http::Cut{std::nullopt, true}));
  EXPECT_EQ(server.last_record().status, 0);
  EXPECT_EQ(server.last_record().fault, "cable");
  EXPECT_EQ(server.get("/bucket/a/1").body, "hello");
}

TEST_F(Faults, ResetDuringTheUploadLeavesTheOperationUndone) {
  add(R"({"operation":"PutObject","reset":{"after_upload_bytes":3}})");
  const Answer lost = server.put("/bucket/a/1", "changed");
  ASSERT_TRUE(lost.delivery_plan.has_value());
  EXPECT_EQ(lost.delivery_plan->cut, (http::Cut{std::nullopt, true}));
  EXPECT_TRUE(lost.body_was_wanted);
  EXPECT_EQ(server.get("/bucket/a/1").body, "hello");
  EXPECT_FALSE(server.put("/bucket/a/1", "ab").delivery_plan.has_value());
  EXPECT_EQ(server.get("/bucket/a/1").body, "ab");
}

TEST_F(Faults, ResetAfterTheLastByteOfTheUploadLeavesTheOperationUndone) {
  add(R"({"operation":"PutObject","reset":{"after_upload_bytes":7}})");
  EXPECT_TRUE(server.put("/bucket/a/1", "changed").delivery_plan.has_value());
  EXPECT_EQ(server.get("/bucket/a/1").body, "hello");
}

TEST_F(Faults, AnswersAreCutWhereTheRuleSays) {
  add(R"({"operation":"GetObject","truncate_after_bytes":2})");
  add(R"({"operation":"HeadObject","reset":{"after_answer_bytes":0}})");
  EXPECT_EQ(server.get("/bucket/a/1").delivery_plan->cut, (http::Cut{2, false}));
  EXPECT_EQ(server.head("/bucket/a/1").delivery_plan->cut, (http::Cut{0, true}));
}

TEST_F(Faults, PaceGoesWithTheAnswer) {
  add(R"({"bandwidth_bytes_per_s":1000})");
  add(R"({"stall":{"after_bytes":2,"ms":50}})");
  const Answer answer = server.get("/bucket/a/1");
  ASSERT_TRUE(answer.delivery_plan.has_value());
  EXPECT_EQ(answer.delivery_plan->pace.bytes_per_s, 1000U);
  EXPECT_EQ(answer.delivery_plan->pace.stall, (http::Stall{2, 50ms}));
  EXPECT_FALSE(answer.delivery_plan->cut.has_value());
}

TEST_F(Faults, SlowedUploadArrivesWhole) {
  add(R"({"bandwidth_bytes_per_s":{"upload":40},"stall":{"after_bytes":3,"ms":50,"of":"upload"}})");
  EXPECT_EQ(server.put("/bucket/slow", "0123456789").status, 200);
  EXPECT_EQ(server.get("/bucket/slow").body, "0123456789");
}

TEST_F(Faults, PartNumberAndUserAgentChooseRequests) {
  add(R"({"part_number":2,"error":"InternalError"})");
  add(R"({"user_agent":"Boto3","error":"SlowDown"})");
  const std::string upload = server.post("/bucket/big?uploads", "").element("UploadId");
  EXPECT_EQ(server.put("/bucket/big?partNumber=1&uploadId=" + upload, "a").status, 200);
  EXPECT_EQ(server.put("/bucket/big?partNumber=2&uploadId=" + upload, "a").status, 500);
  EXPECT_EQ(server.get("/bucket/a/1", {{"User-Agent", "Boto3/1.40"}}).status, 503);
}

TEST_F(Faults, FormsAreKnownByTheirKey) {
  add(R"({"operation":"PostObject","key":"form/*","error":"SlowDown"})");
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nform/1\r\n"
      "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhello\r\n--b--\r\n";
  const Headers headers = {{"Content-Type", "multipart/form-data; boundary=b"}};
  EXPECT_EQ(send_anonymously(server, "POST", "/public", headers, body).outcome(), "503 SlowDown");
  server.faults().clear();
  EXPECT_EQ(send_anonymously(server, "POST", "/public", headers, body).status, 204);
}

TEST_F(Faults, RecordNamesTheRulesThatHit) {
  add(R"([{"name":"slow","latency_ms":5},{"id":"throttle","error":"SlowDown","count":1}])");
  server.get("/bucket/a/1");
  EXPECT_EQ(server.last_record().fault, "slow, throttle");
  EXPECT_EQ(server.last_record().error_code, "SlowDown");
  EXPECT_EQ(server.last_record().hint, "the fault 'slow, throttle' answered this");
  server.get("/bucket/a/1");
  EXPECT_EQ(server.last_record().fault, "slow");
  server.faults().clear();
  server.get("/bucket/a/1");
  EXPECT_EQ(server.last_record().fault, "");
}

TEST_F(Faults, WhatNamesNoObjectOfS3IsNotHit) {
  add(R"({"error":"InternalError"})");
  EXPECT_EQ(send_anonymously(server, "GET", "/bucket/%zz").outcome(), "400 InvalidURI");
  EXPECT_EQ(server.faults().list().front().matched, 0U);
}

}  // namespace
}  // namespace pail::test
