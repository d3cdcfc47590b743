#include "auth/payload_hash.h"

#include <gtest/gtest.h>

#include "unit/auth/authentication_fixture.h"

namespace pail::auth {
namespace {

TEST_F(Authentication, HeaderSignatureNeedsAPayloadHash) {
  TestRequest request("GET", "/bucket/key");
  sign_header(request);
  request.http.headers.remove("x-amz-content-sha256");
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::InvalidRequest);
  EXPECT_EQ(error.message, "Missing required header for this request: x-amz-content-sha256");
}

TEST_F(Authentication, PayloadHashIsVerifiedWhileTheBodyIsRead) {
  TestRequest request("PUT", "/bucket/key",
                      {{"Host", "localhost"}, {"x-amz-content-sha256", checksum::sha256_hex("a")}});
  sign_header(request);
  request.set_body("a");
  {
    const auto genuine = authenticate(request);
    ASSERT_TRUE(genuine);
    EXPECT_EQ(*test::read_all(genuine->body()), "a");
  }
  request.set_body("b");
  const auto forged = authenticate(request);
  ASSERT_TRUE(forged);
  EXPECT_EQ(test::read_all(forged->body()).error().code, S3ErrorCode::XAmzContentSHA256Mismatch);
}

TEST_F(Authentication, AnEmptyBodyCanNotHaveAnotherHash) {
  TestRequest request("GET", "/bucket/key",
                      {{"Host", "localhost"}, {"x-amz-content-sha256", checksum::sha256_hex("a")}});
  sign_header(request);
  EXPECT_EQ(outcome(request), "XAmzContentSHA256Mismatch");
}

TEST_F(Authentication, UnsignedPayloadIsNotVerified) {
  TestRequest request("PUT", "/bucket/key",
                      {{"Host", "localhost"}, {"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}});
  sign_header(request);
  request.set_body("anything");
  const auto result = authenticate(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(*test::read_all(result->body()), "anything");
  request.http.headers.add("Content-Encoding", "aws-chunked");
  EXPECT_EQ(outcome(request), "InvalidArgument");
}

TEST_F(Authentication, StreamingNeedsTheDecodedLength) {
  TestRequest request("PUT", "/bucket/key",
                      {{"Host", "localhost"}, {"x-amz-content-sha256", kUnsignedHash}});
  sign_header(request);
  request.set_body("3\r\nabc\r\n0\r\n\r\n");
  EXPECT_EQ(outcome(request), "MissingContentLength");
}

TEST_F(Authentication, AnonymousSendersMayStreamUnsignedChunks) {
  TestRequest request("PUT", "/bucket/key",
                      {{"Host", "localhost"},
                       {"x-amz-content-sha256", kUnsignedHash},
                       {"x-amz-decoded-content-length", "3"}});
  request.set_body("3\r\nabc\r\n0\r\n\r\n");
  const auto result = authenticate(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(*test::read_all(result->body()), "abc");
  request.http.headers.set("x-amz-content-sha256", kSignedHash);
  EXPECT_EQ(outcome(request), "AccessDenied");
}

TEST_F(Authentication, PresignedRequestTakesNoFramingOff) {
  const auto presigned_put = [](std::string body) {
    TestRequest request("PUT", "/bucket/key",
                        {{"Host", "localhost"},
                         {"x-amz-content-sha256", kUnsignedHash},
                         {"x-amz-decoded-content-length", "3"}});
    SigningOptions streaming;
    streaming.signed_names = {"host", "x-amz-content-sha256", "x-amz-decoded-content-length"};
    presign(request, streaming, kUnsignedHash);
    request.set_body(std::move(body));
    return request;
  };
  TestRequest framed = presigned_put("3\r\nabc\r\n0\r\n\r\n");
  const S3Error error = error_of(framed);
  EXPECT_EQ(error.code, S3ErrorCode::IncompleteBody);
  EXPECT_EQ(error.fields, (std::vector<S3Error::Field>{{"NumberBytesExpected", "3"},
                                                       {"NumberBytesProvided", "13"}}));
  TestRequest plain = presigned_put("abc");
  const auto result = authenticate(plain);
  ASSERT_TRUE(result);
  EXPECT_EQ(test::read_all(result->body()).error().code, S3ErrorCode::XAmzContentSHA256Mismatch);
}

TEST_F(Authentication, PresignedPayloadHashInTheQueryIsVerified) {
  const std::string hash = checksum::sha256_hex("a");
  TestRequest request("PUT", "/bucket/key?X-Amz-Content-Sha256=" + hash);
  presign(request, {}, hash);
  request.set_body("b");
  const auto result = authenticate(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(test::read_all(result->body()).error().code, S3ErrorCode::XAmzContentSHA256Mismatch);
}

TEST_F(Authentication, ForgedCharactersAnywhereAreRefused) {
  TestRequest genuine("GET", aws_example_url(kAwsExampleSignature),
                      {{"Host", "examplebucket.s3.amazonaws.com"}});
  ASSERT_EQ(outcome(genuine), kQueryOk);
  const std::size_t begin = genuine.http.target.find("X-Amz-Signature=") + 16;
  for (std::size_t at = begin; at < genuine.http.target.size(); ++at) {
    TestRequest forged("GET", genuine.http.target, {{"Host", "examplebucket.s3.amazonaws.com"}});
    forged.http.target[at] = forged.http.target[at] == '0' ? '1' : '0';
    EXPECT_EQ(outcome(forged), "SignatureDoesNotMatch") << at;
  }
}

}  // namespace
}  // namespace pail::auth
