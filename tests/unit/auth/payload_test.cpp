#include "auth/payload.h"

#include <gtest/gtest.h>

#include "auth/payload_hash.h"
#include "support/signed_request.h"

namespace pail::auth {
namespace {

TEST(Payload, EachAnnouncementIsKnown) {
  EXPECT_EQ(*parse_payload_kind("UNSIGNED-PAYLOAD"), PayloadKind::kUnsigned);
  EXPECT_EQ(*parse_payload_kind(test::kEmptySha256), PayloadKind::kHash);
  EXPECT_EQ(*parse_payload_kind("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), PayloadKind::kSignedChunks);
  EXPECT_EQ(*parse_payload_kind("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
            PayloadKind::kSignedChunksTrailer);
  EXPECT_EQ(*parse_payload_kind("STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            PayloadKind::kUnsignedChunksTrailer);
  EXPECT_EQ(parse_payload_kind("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD").error().code,
            S3ErrorCode::NotImplemented);
}

TEST(Payload, EverythingElseIsRefusedWithTheListOfValues) {
  for (const std::string& value :
       {std::string(), std::string("unsigned-payload"), std::string("STREAMING-UNKNOWN-ALGORITHM"),
        std::string(63, 'a'), std::string(64, 'g'), std::string(65, 'a')}) {
    const auto kind = parse_payload_kind(value);
    ASSERT_FALSE(kind) << value;
    EXPECT_EQ(kind.error().code, S3ErrorCode::InvalidArgument);
    EXPECT_TRUE(kind.error().message.starts_with(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"));
    EXPECT_EQ(test::field_of(kind.error(), "ArgumentName"), "x-amz-content-sha256");
    EXPECT_EQ(test::field_of(kind.error(), "ArgumentValue"), value);
  }
}

TEST(Payload, DecodedLengthMustBeANumber) {
  http::HeaderMap headers;
  EXPECT_EQ(decoded_length_bytes(headers).error().code, S3ErrorCode::MissingContentLength);
  for (const char* wrong : {"", "-1", "+1", "1.5", "0x10", "99999999999999999999"}) {
    headers.set("x-amz-decoded-content-length", wrong);
    EXPECT_EQ(decoded_length_bytes(headers).error().status(), 411) << wrong;
  }
  headers.set("x-amz-decoded-content-length", "66560");
  EXPECT_EQ(*decoded_length_bytes(headers), 66560U);
}

TEST(Payload, AwsChunkedIsNoEncodingOfAnUnsignedPayload) {
  http::HeaderMap headers;
  EXPECT_TRUE(check_unsigned_encoding(headers));
  headers.set("Content-Encoding", "gzip, br");
  EXPECT_TRUE(check_unsigned_encoding(headers));
  headers.set("Content-Encoding", "gzip, AWS-chunked");
  const auto refused = check_unsigned_encoding(headers);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is "
            "supplied.");
}

TEST(PayloadHashBody, YieldsTheBytesOfAGenuineBody) {
  test::PiecewiseBody inner("Welcome to Amazon S3.", {3});
  PayloadHashBody body(inner, "44CE7DD67C959E0D3524FFAC1771DFBBA87D2B6B4B4E99E42034A8B803F8B072");
  EXPECT_EQ(body.length_bytes(), 21U);
  EXPECT_EQ(*test::read_all(body), "Welcome to Amazon S3.");
  EXPECT_TRUE(task::run_blocking(body.read())->empty());
}

TEST(PayloadHashBody, EndOfAForgedBodyIsAnErrorThatShowsBothHashes) {
  test::PiecewiseBody inner("welcome", {3});
  PayloadHashBody body(inner, std::string(test::kEmptySha256));
  const auto content = test::read_all(body);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().code, S3ErrorCode::XAmzContentSHA256Mismatch);
  EXPECT_EQ(
      content.error().fields,
      (std::vector<S3Error::Field>{{"ClientComputedContentSHA256", std::string(test::kEmptySha256)},
                                   {"S3ComputedContentSHA256", checksum::sha256_hex("welcome")}}));
  EXPECT_FALSE(task::run_blocking(body.read()));
}

}  // namespace
}  // namespace pail::auth
