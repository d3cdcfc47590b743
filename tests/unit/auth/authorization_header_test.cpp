#include "auth/authorization_header.h"

#include <gtest/gtest.h>

#include "time/date.h"

namespace pail::auth {
namespace {

constexpr const char* kGood =
    "AWS4-HMAC-SHA256 Credential=AKID/20130524/us-east-1/s3/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=abc";

S3Result<SignatureClaim> parse(std::string_view authorization,
                               std::vector<http::Header> fields = {
                                   {"x-amz-date", "20130524T000000Z"}}) {
  // The claim refers to both; tests look at what it says while they live.
  static thread_local http::HeaderMap headers;
  headers = {};
  for (http::Header& field : fields) headers.add(field.name, field.value);
  return parse_authorization_header(authorization, headers, "us-east-1");
}

std::string message(std::string_view authorization) {
  const auto claim = parse(authorization);
  return claim ? "accepted"
               : std::string(error_name(claim.error().code)) + ": " + claim.error().message;
}

std::string malformed(std::string_view what) {
  return "AuthorizationHeaderMalformed: The authorization header is malformed; " +
         std::string(what);
}

TEST(AuthorizationHeader, TakesTheFormsOfAllClients) {
  for (const char* form :
       {kGood,
        "AWS4-HMAC-SHA256 Credential=AKID/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;"
        "x-amz-date,Signature=abc",
        "  AWS4-HMAC-SHA256   SignedHeaders=host;x-amz-date,  Signature=abc ,"
        "Credential=AKID/20130524/us-east-1/s3/aws4_request"}) {
    const auto claim = parse(form);
    ASSERT_TRUE(claim) << form;
    EXPECT_EQ(claim->scope.access_key_id, "AKID");
    EXPECT_EQ(claim->scope.date, "20130524");
    EXPECT_EQ(claim->scope.region, "us-east-1");
    EXPECT_EQ(claim->signed_names, (std::vector<std::string_view>{"host", "x-amz-date"}));
    EXPECT_EQ(claim->signature, "abc");
    EXPECT_EQ(claim->amz_date, "20130524T000000Z");
  }
}

TEST(AuthorizationHeader, EachMissingComponentIsTheSameError) {
  const std::string expected = malformed(
      "the authorization header requires three components: Credential, SignedHeaders, and "
      "Signature.");
  const std::string good = kGood;
  EXPECT_EQ(message("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=abc"), expected);
  EXPECT_EQ(message("AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request, "
                    "Signature=abc"),
            expected);
  EXPECT_EQ(message(good.substr(0, good.find(", Signature"))), expected);
  EXPECT_EQ(message("AWS4-HMAC-SHA256 a"), expected);
}

TEST(AuthorizationHeader, EveryPartOfTheScopeIsChecked) {
  const auto with_credential = [](const std::string& credential) {
    return message("AWS4-HMAC-SHA256 Credential=" + credential +
                   ", SignedHeaders=host, Signature=abc");
  };
  EXPECT_EQ(with_credential("AKID/20130524/us-east-1/s3"),
            malformed("the Credential is mal-formed; expecting "
                      "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
  EXPECT_EQ(with_credential("AKID/20130524/us-east-1/ec2/aws4_request"),
            malformed("incorrect service \"ec2\". This endpoint belongs to \"s3\"."));
  EXPECT_EQ(with_credential("AKID/20130524/us-east-1/s3/aws4_reques"),
            malformed("incorrect terminal \"aws4_reques\". This endpoint uses \"aws4_request\"."));
  EXPECT_EQ(with_credential("AKID/2013052/us-east-1/s3/aws4_request"),
            malformed("incorrect date format \"2013052\". This date in the credential must be in "
                      "the format \"yyyyMMdd\"."));
  EXPECT_EQ(with_credential("AKID/20130523/us-east-1/s3/aws4_request"),
            malformed("Invalid credential date \"20130523\". This date is not the same as "
                      "X-Amz-Date: \"20130524\"."));
}

TEST(AuthorizationHeader, WrongRegionNamesTheRightOneAndWinsOverTheService) {
  const auto claim = parse(
      "AWS4-HMAC-SHA256 Credential=AKID/20130524/eu-west-1/ec2/aws4_request, SignedHeaders=host, "
      "Signature=abc");
  ASSERT_FALSE(claim);
  EXPECT_EQ(claim.error().message,
            "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting "
            "'us-east-1'");
  EXPECT_EQ(claim.error().fields, (std::vector<S3Error::Field>{{"Region", "us-east-1"}}));
}

TEST(AuthorizationHeader, OtherSchemesAreRefusedEachInItsWay) {
  EXPECT_EQ(message("Bearer token"), "InvalidArgument: Unsupported Authorization Type");
  EXPECT_EQ(message("AWS AKID:sig"),
            "InvalidRequest: The authorization mechanism you have provided is not supported. "
            "Please use AWS4-HMAC-SHA256.");
  EXPECT_EQ(message("nonsense"),
            "InvalidArgument: Authorization header is invalid -- one and only one ' ' (space) "
            "required");
  EXPECT_EQ(parse("AWS4-ECDSA-P256-SHA256 Credential=x").error().code, S3ErrorCode::NotImplemented);
  const auto bearer = parse("Bearer token").error();
  EXPECT_EQ(bearer.fields, (std::vector<S3Error::Field>{{"ArgumentName", "Authorization"},
                                                        {"ArgumentValue", "Bearer token"}}));
}

TEST(AuthorizationHeader, DateMayStandInDateAndAsHttpDate) {
  for (const http::Header& date : {http::Header{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                                   http::Header{"Date", "20130524T000000Z"},
                                   http::Header{"x-amz-date", "Fri, 24 May 2013 00:00:00 GMT"}}) {
    const auto claim = parse(kGood, {date});
    ASSERT_TRUE(claim) << date.value;
    EXPECT_EQ(claim->amz_date, "20130524T000000Z");
    EXPECT_EQ(claim->time, *time::parse_amz_date("20130524T000000Z"));
  }
}

TEST(AuthorizationHeader, WithoutAReadableDateItIsDenied) {
  for (const std::vector<http::Header>& fields :
       {std::vector<http::Header>{}, {{"x-amz-date", "yesterday"}}, {{"Date", "2013"}}}) {
    const auto claim = parse(kGood, fields);
    ASSERT_FALSE(claim);
    EXPECT_EQ(claim.error().code, S3ErrorCode::AccessDenied);
    EXPECT_EQ(claim.error().message,
              "AWS authentication requires a valid Date or x-amz-date header");
  }
}

TEST(AuthorizationHeader, TooManySignedHeadersAreRefused) {
  const std::string many(1000, ';');
  EXPECT_NE(message("AWS4-HMAC-SHA256 Credential=AKID/20130524/us-east-1/s3/aws4_request, "
                    "SignedHeaders=" +
                    many + ", Signature=abc"),
            "accepted");
}

}  // namespace
}  // namespace pail::auth
