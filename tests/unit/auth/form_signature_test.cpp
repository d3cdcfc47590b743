#include "auth/form_signature.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/sigv2.h"
#include "support/signed_request.h"

namespace pail::auth {
namespace {

using protocol::FormFields;
using testing::ElementsAre;
using Fields = std::vector<protocol::FormField>;

/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
constexpr const char* kExamplePolicy =
    "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7"
    "ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91"
    "c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3Qi"
    "OiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwi"
    "fSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRh"
    "LXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVT"
    "MjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNy"
    "ZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9"
    "LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAi"
    "MjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";

Fields example() {
  return {{"Policy", kExamplePolicy},
          {"X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},
          {"X-Amz-Algorithm", "AWS4-HMAC-SHA256"},
          {"X-Amz-Date", "20151229T000000Z"},
          {"X-Amz-Signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"}};
}

Fields version_2() {
  return {{"policy", kExamplePolicy},
          {"AWSAccessKeyId", std::string(test::kExampleKeyId)},
          {"signature", sigv2_signature(test::kExampleSecret, kExamplePolicy)}};
}

Fields without(Fields fields, std::size_t index) {
  fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(index));
  return fields;
}

Fields with(Fields fields, std::size_t index, std::string value) {
  fields[index].value = std::move(value);
  return fields;
}

FormFields form_of(std::vector<protocol::FormField> fields) {
  return FormFields(std::move(fields));
}

std::optional<S3Error> error_of(Fields fields, bool accepts_v2 = true) {
  const auto credentials = test::example_credentials();
  SigningKeys keys;
  auto verified = verify_form_signature(FormFields(std::move(fields)), credentials, keys,
                                        "us-east-1", accepts_v2);
  if (verified) return std::nullopt;
  return std::move(verified).error();
}

/// "code ArgumentName", or "ok".
std::string outcome(Fields fields, bool accepts_v2 = true) {
  const auto error = error_of(std::move(fields), accepts_v2);
  if (!error) return "ok";
  std::string text(error_name(error->code));
  for (const S3Error::Field& field : error->fields)
    if (field.name == "ArgumentName") text += ' ' + field.value;
  return text;
}

TEST(FormSignature, TheExampleOfTheDocumentationVerifies) {
  const auto credentials = test::example_credentials();
  SigningKeys keys;
  const auto verified =
      verify_form_signature(FormFields(example()), credentials, keys, "us-east-1", false);
  ASSERT_TRUE(verified);
  EXPECT_EQ((*verified)->identity.access_key_id, test::kExampleKeyId);
}

TEST(FormSignature, Version2VerifiesWhereItIsSwitchedOn) {
  EXPECT_EQ(outcome(version_2()), "ok");
  const auto refused = error_of(version_2(), /*accepts_v2=*/false);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, S3ErrorCode::InvalidRequest);
  EXPECT_EQ(refused->message,
            "The authorization mechanism you have provided is not supported. Please use "
            "AWS4-HMAC-SHA256.");
}

TEST(FormSignature, WithoutOneNobodySigned) {
  const auto credentials = test::example_credentials();
  SigningKeys keys;
  const auto verified = verify_form_signature(form_of({{"policy", kExamplePolicy}}), credentials,
                                              keys, "us-east-1", true);
  ASSERT_TRUE(verified);
  EXPECT_EQ(*verified, nullptr);
}

TEST(FormSignature, AFieldThatIsMissingIsNamed) {
  EXPECT_EQ(outcome(without(example(), 0)), "InvalidArgument policy");
  EXPECT_EQ(outcome(without(example(), 1)), "InvalidArgument X-Amz-Credential");
  EXPECT_EQ(outcome(without(without(example(), 2), 1)), "InvalidArgument X-Amz-Algorithm");
  EXPECT_EQ(outcome(without(example(), 3)), "InvalidArgument X-Amz-Date");
  EXPECT_EQ(outcome(without(example(), 4)), "InvalidArgument X-Amz-Signature");
  EXPECT_EQ(outcome(without(version_2(), 1)), "InvalidArgument AWSAccessKeyId");
  EXPECT_EQ(outcome(without(version_2(), 2)), "InvalidArgument Signature");
  EXPECT_EQ(error_of(without(example(), 4))->message,
            "Bucket POST must contain a field named 'X-Amz-Signature'.  If it is specified, please "
            "check the order of the fields.");
}

TEST(FormSignature, FieldsThatAreWrongAreRefusedAsOnAws) {
  EXPECT_EQ(outcome(with(example(), 2, "AWS4-HMAC-MD5")), "InvalidArgument X-Amz-Algorithm");
  EXPECT_EQ(outcome(with(example(), 3, "2015-12-29")), "InvalidArgument X-Amz-Date");
  for (const char* credential :
       {"", "a", "a/20151229/us-east-1/s4/aws4_request", "a/2015/us-east-1/s3/aws4_request"}) {
    EXPECT_EQ(outcome(with(example(), 1, credential)), "InvalidArgument X-Amz-Credential");
  }
  EXPECT_EQ(outcome(with(example(), 1, "AKIDOTHER/20151229/us-east-1/s3/aws4_request")),
            "InvalidAccessKeyId");
  EXPECT_EQ(outcome(with(version_2(), 1, "AKIDOTHER")), "InvalidAccessKeyId");
}

TEST(FormSignature, AnotherRegionIsNamed) {
  const std::string credential = "AKIAIOSFODNN7EXAMPLE/20151229/eu-west-1/s3/aws4_request";
  const auto error = error_of(with(example(), 1, credential));
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message, "the region 'eu-west-1' is wrong; expecting 'us-east-1'");
  EXPECT_THAT(error->fields, ElementsAre(S3Error::Field{"ArgumentName", "X-Amz-Credential"},
                                         S3Error::Field{"ArgumentValue", credential},
                                         S3Error::Field{"Region", "us-east-1"}));
}

TEST(FormSignature, AnotherPolicyOrSignatureDoesNotMatch) {
  EXPECT_EQ(outcome(with(example(), 0, "e30=")), "SignatureDoesNotMatch");
  EXPECT_EQ(outcome(with(example(), 4, "00")), "SignatureDoesNotMatch");
  EXPECT_EQ(outcome(with(version_2(), 0, "e30=")), "SignatureDoesNotMatch");
  EXPECT_EQ(outcome(with(version_2(), 2, "")), "SignatureDoesNotMatch");
  const auto error = error_of(with(example(), 0, "e30="));
  ASSERT_TRUE(error);
  ASSERT_EQ(error->fields.size(), 4U);
  EXPECT_EQ(error->fields[1], (S3Error::Field{"StringToSign", "e30="}));
  EXPECT_EQ(error->fields[3], (S3Error::Field{"StringToSignBytes", "65 33 30 3d"}));
}

}  // namespace
}  // namespace pail::auth
