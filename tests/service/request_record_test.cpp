#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/form.h"
#include "support/loopback.h"

namespace pail::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// What an observer that asks for all details is told.
class RequestRecords : public ::testing::Test {
 protected:
  [[nodiscard]] const RequestRecord& last() const { return server_.last_record(); }
  [[nodiscard]] const RecordedExchange& exchange() const { return *last().exchange; }

  /// Everything of a record that anybody could read, in one text.
  [[nodiscard]] std::string all_texts() const {
    const RequestRecord& record = last();
    std::string all = record.hint + record.detail + record.user_agent + exchange().path;
    for (const auto* fields :
         {&exchange().query, &exchange().request_headers, &exchange().response_headers}) {
      for (const RecordedField& field : *fields) all += field.name + "=" + field.value + "\n";
    }
    if (const auto& refusal = exchange().refusal) {
      all += refusal->message + refusal->canonical_request + refusal->string_to_sign +
             refusal->server_line + refusal->client_line + refusal->finding;
      for (const RecordedField& field : refusal->fields) all += field.name + "=" + field.value;
    }
    return all;
  }

  Loopback server_;
};

TEST_F(RequestRecords, TellWhatWasDone) {
  server_.put("/bucket/a%20b", "content");
  EXPECT_EQ(last().operation, "PutObject");
  EXPECT_EQ(last().method, "PUT");
  EXPECT_EQ(last().bucket, "bucket");
  EXPECT_EQ(last().key, "a b");
  EXPECT_EQ(last().status, 200);
  EXPECT_EQ(last().access_key_id, "AKIDLOOPBACK");
  EXPECT_EQ(last().request_body_bytes, 7U);
  EXPECT_EQ(last().authentication, Authentication::kSigV4Header);
  EXPECT_FALSE(last().is_presigned());
  EXPECT_FALSE(last().has_session_token);
  EXPECT_TRUE(last().is_delivered);
  EXPECT_EQ(exchange().path, "/bucket/a%20b");
  EXPECT_EQ(exchange().signed_region, "us-east-1");
  EXPECT_THAT(exchange().signed_headers, Contains("x-amz-date"));
  EXPECT_FALSE(exchange().refusal);
}

TEST_F(RequestRecords, TellWhoAsksAndHowOften) {
  server_.get("/bucket/a", {{"User-Agent", "Boto3/1.44.8 md/Botocore#1.44.8"},
                            {"amz-sdk-request", "attempt=2; max=5"},
                            {"amz-sdk-invocation-id", "b7f8"}});
  EXPECT_EQ(last().sdk, "Boto3");
  EXPECT_EQ(last().sdk_version, "1.44.8");
  EXPECT_EQ(last().user_agent, "Boto3/1.44.8 md/Botocore#1.44.8");
  EXPECT_EQ(last().attempt, 2U);
  EXPECT_EQ(last().attempts_most, 5U);
  EXPECT_EQ(last().invocation_id, "b7f8");
}

TEST_F(RequestRecords, AttemptsThatAreNoNumbersAreNone) {
  server_.get("/bucket/a", {{"amz-sdk-request", "attempt=x; max=99999999999999999999; ;="}});
  EXPECT_EQ(last().attempt, 0U);
  EXPECT_EQ(last().attempts_most, 0U);
}

TEST_F(RequestRecords, TellWhereTheChecksumStands) {
  server_.put("/bucket/a", "content",
              {{"x-amz-checksum-crc32", digest_of("CRC32", "content")},
               {"x-amz-sdk-checksum-algorithm", "CRC32"}});
  EXPECT_EQ(last().checksum_algorithm, "CRC32");
  EXPECT_EQ(last().checksum_place, ChecksumPlace::kHeader);
  server_.put("/bucket/a", "content", {{"Content-MD5", digest_of("MD5", "content")}});
  EXPECT_EQ(last().checksum_algorithm, "MD5");
  EXPECT_EQ(last().checksum_place, ChecksumPlace::kHeader);
  server_.put("/bucket/a", "content", {{"x-amz-trailer", "x-amz-checksum-crc64nvme"}});
  EXPECT_EQ(last().checksum_algorithm, "CRC64NVME");
  EXPECT_EQ(last().checksum_place, ChecksumPlace::kTrailer);
  server_.put("/bucket/a", "content");
  EXPECT_EQ(last().checksum_algorithm, "");
  EXPECT_EQ(last().checksum_place, ChecksumPlace::kNone);
}

TEST_F(RequestRecords, TellUploadAndPart) {
  const Answer created = server_.post("/bucket/film?uploads", "");
  const std::string upload = created.element("UploadId");
  EXPECT_EQ(last().upload_id, upload);
  server_.put("/bucket/film?partNumber=3&uploadId=" + upload, "part");
  EXPECT_EQ(last().operation, "UploadPart");
  EXPECT_EQ(last().upload_id, upload);
  EXPECT_EQ(last().part_number, 3U);
}

TEST_F(RequestRecords, TellTheVersionThatWasMade) {
  server_.put("/bucket?versioning",
              "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  const Answer made = server_.put("/bucket/a", "content");
  ASSERT_FALSE(made.header("x-amz-version-id").empty());
  EXPECT_EQ(last().version_id, made.header("x-amz-version-id"));
  server_.get("/bucket/a?versionId=unknown");
  EXPECT_EQ(last().version_id, "unknown");
}

TEST_F(RequestRecords, APresignedUrlIsNotKept) {
  server_.put("/bucket/a", "content");
  server_.send({.target = "/bucket/a", .fault = SigningFault::kPresigned});
  EXPECT_EQ(last().status, 200);
  EXPECT_EQ(last().authentication, Authentication::kSigV4Query);
  EXPECT_TRUE(last().is_presigned());
  EXPECT_EQ(last().access_key_id, "AKIDLOOPBACK");
  EXPECT_EQ(exchange().signed_region, "us-east-1");
  EXPECT_TRUE(exchange().query.empty());
  EXPECT_THAT(all_texts(), Not(HasSubstr("X-Amz-Signature")));
}

TEST_F(RequestRecords, SignaturesAreNotKept) {
  server_.put("/bucket/a", "content");
  EXPECT_THAT(all_texts(), HasSubstr("Signature=(left out)"));
  EXPECT_THAT(all_texts(), HasSubstr("Credential=AKIDLOOPBACK/"));
}

TEST_F(RequestRecords, KeysOfCustomersAreNotKept) {
  const std::string key(32, 'k');
  server_.put("/bucket/a", "content",
              {{"x-amz-server-side-encryption-customer-algorithm", "AES256"},
               {"x-amz-server-side-encryption-customer-key", "a2tra2tra2tra2tra2tra2tra2tra2s="},
               {"x-amz-server-side-encryption-customer-key-MD5", "wrong"}});
  EXPECT_THAT(all_texts(), Not(HasSubstr("a2tra2tr")));
}

TEST_F(RequestRecords, TemporaryCredentialsAreToldButNotKept) {
  server_.send({.target = "/bucket/a", .fault = SigningFault::kExpiredSession});
  EXPECT_TRUE(last().has_session_token);
  EXPECT_EQ(last().error_code, "ExpiredToken");
  for (const RecordedField& field : exchange().request_headers) {
    if (field.name == "x-amz-security-token") {
      EXPECT_EQ(field.value, "(left out)");
    }
  }
  for (const RecordedField& field : exchange().refusal->fields) EXPECT_NE(field.name, "Token-0");
}

TEST_F(RequestRecords, NobodyIsAnonymous) {
  server_.send({.target = "/bucket/a", .sender = Sender::kNobody});
  EXPECT_EQ(last().authentication, Authentication::kAnonymous);
  EXPECT_EQ(last().access_key_id, "");
  EXPECT_EQ(last().error_code, "AccessDenied");
  EXPECT_THAT(last().hint, HasSubstr("bucket 'bucket'"));
}

TEST_F(RequestRecords, AWrongSecretIsShownWithWhatTheServerComputed) {
  server_.send({.target = "/bucket/a", .fault = SigningFault::kWrongSecret});
  EXPECT_EQ(last().error_code, "SignatureDoesNotMatch");
  ASSERT_TRUE(exchange().refusal);
  EXPECT_THAT(exchange().refusal->canonical_request, HasSubstr("GET\n/bucket/a\n"));
  EXPECT_THAT(exchange().refusal->string_to_sign, HasSubstr("AWS4-HMAC-SHA256\n"));
  EXPECT_EQ(exchange().refusal->differing_part, "");
  for (const RecordedField& field : exchange().refusal->fields) {
    EXPECT_NE(field.name, "SignatureProvided");
    EXPECT_NE(field.name, "CanonicalRequestBytes");
  }
}

TEST_F(RequestRecords, AUrlForAnotherMethodIsFoundOut) {
  server_.send({.target = "/bucket/a", .fault = SigningFault::kPresignedForAnotherMethod});
  EXPECT_EQ(last().error_code, "SignatureDoesNotMatch");
  ASSERT_TRUE(exchange().refusal);
  EXPECT_EQ(exchange().refusal->differing_part, "method");
  EXPECT_EQ(exchange().refusal->server_line, "GET");
  EXPECT_THAT(exchange().refusal->finding, HasSubstr("signed for the method"));
}

TEST_F(RequestRecords, FormsTellWhoSignedThem) {
  post(server_, "bucket", signed_form({.fields = {{"key", "a"}}}));
  EXPECT_EQ(last().operation, "PostObject");
  EXPECT_EQ(last().key, "a");
  EXPECT_EQ(last().authentication, Authentication::kSigV4Form);
  EXPECT_EQ(last().access_key_id, "AKIDLOOPBACK");
  EXPECT_EQ(exchange().signed_region, "us-east-1");
}

TEST_F(RequestRecords, WhatCanNotBeRoutedIsRecordedToo) {
  server_.send({.target = "/bucket/%zz?a=b", .is_signed = false});
  EXPECT_EQ(last().status, 400);
  EXPECT_EQ(exchange().path, "/bucket/%zz");
  EXPECT_EQ(exchange().query.at(0).name, "a");
}

TEST_F(RequestRecords, ManyLongFieldsAreBounded) {
  Headers headers;
  for (int i = 0; i < 200; ++i) {
    headers.push_back({"x-amz-meta-" + std::to_string(i), std::string(3000, 'v')});
  }
  server_.put("/bucket/a", "content", headers);
  EXPECT_LE(exchange().request_headers.size(), 64U);
  for (const RecordedField& field : exchange().request_headers) {
    EXPECT_LE(field.value.size(), 2048U);
  }
}

}  // namespace
}  // namespace pail::test
