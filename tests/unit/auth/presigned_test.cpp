#include "auth/presigned.h"

#include <map>

#include <gtest/gtest.h>

#include "text/percent.h"
#include "time/date.h"

namespace pail::auth {
namespace {

using Parameters = std::map<std::string, std::string>;

Parameters good() {
  return {{"X-Amz-Algorithm", "AWS4-HMAC-SHA256"},
          {"X-Amz-Credential", "AKID/20130524/us-east-1/s3/aws4_request"},
          {"X-Amz-Date", "20130524T000000Z"},
          {"X-Amz-Expires", "60"},
          {"X-Amz-SignedHeaders", "host"},
          {"X-Amz-Signature", "abc"}};
}

protocol::Query query_of(const Parameters& parameters) {
  std::string raw;
  for (const auto& [name, value] : parameters) {
    raw += (raw.empty() ? "" : "&") + name + "=" + text::percent_encode(value);
  }
  return protocol::Query::parse(raw).value();
}

std::string message(const std::string& name, const std::string& value) {
  Parameters parameters = good();
  parameters[name] = value;
  const protocol::Query query = query_of(parameters);
  const auto claim = parse_presigned(query, "us-east-1");
  if (claim) return "accepted";
  EXPECT_EQ(claim.error().code, S3ErrorCode::AuthorizationQueryParametersError);
  return claim.error().message;
}

TEST(Presigned, ReadsItsParameters) {
  const protocol::Query query = query_of(good());
  const auto claim = parse_presigned(query, "us-east-1");
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->scope.access_key_id, "AKID");
  EXPECT_EQ(claim->amz_date, "20130524T000000Z");
  EXPECT_EQ(claim->expires_s, 60U);
  EXPECT_EQ(claim->signed_names, std::vector<std::string_view>{"host"});
  EXPECT_EQ(claim->signature, "abc");
}

TEST(Presigned, NamesOfItsParametersHaveNoCase) {
  const auto query = protocol::Query::parse(
      "x-amz-algorithm=AWS4-HMAC-SHA256&X-AMZ-CREDENTIAL=AKID/20130524/us-east-1/s3/aws4_request"
      "&x-amz-date=20130524T000000Z&x-amz-expires=60&X-Amz-Signedheaders=host&x-amz-SIGNATURE=abc");
  ASSERT_TRUE(is_presigned(*query));
  EXPECT_TRUE(parse_presigned(*query, "us-east-1"));
}

TEST(Presigned, EachMissingParameterIsTheRecordedError) {
  for (const auto& [name, value] : good()) {
    Parameters parameters = good();
    parameters.erase(name);
    const protocol::Query query = query_of(parameters);
    EXPECT_TRUE(is_presigned(query)) << name;
    const auto claim = parse_presigned(query, "us-east-1");
    ASSERT_FALSE(claim) << name;
    EXPECT_EQ(claim.error().message,
              "Query-string authentication version 4 requires the X-Amz-Algorithm, "
              "X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and "
              "X-Amz-Expires parameters.");
    EXPECT_EQ(claim.error().status(), 400);
  }
}

TEST(Presigned, OrdinaryQueriesAreNoSignature) {
  EXPECT_FALSE(is_presigned(protocol::Query::parse("list-type=2&prefix=X-Amz-Signature").value()));
  EXPECT_FALSE(is_presigned(protocol::Query::parse("X-Amz-Date=20130524T000000Z").value()));
  EXPECT_FALSE(is_presigned(protocol::Query::parse("").value()));
}

TEST(Presigned, EachWrongParameterHasAwsMessage) {
  EXPECT_EQ(message("X-Amz-Expires", "1h"), "X-Amz-Expires should be a number");
  EXPECT_EQ(message("X-Amz-Expires", "99999999999999999999"), "X-Amz-Expires should be a number");
  EXPECT_EQ(message("X-Amz-Expires", "-1"), "X-Amz-Expires must be non-negative");
  EXPECT_EQ(message("X-Amz-Expires", "604801"),
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires "
            "must be less than 604800 seconds");
  EXPECT_EQ(message("X-Amz-Expires", "604800"), "accepted");
  EXPECT_EQ(message("X-Amz-Date", "2013-05-24T00:00:00Z"),
            "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  EXPECT_EQ(message("X-Amz-Algorithm", "AWS4-HMAC-SHA1"),
            "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
  EXPECT_EQ(message("X-Amz-Credential", "AKID%2F20130524"),
            "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
            "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
  EXPECT_EQ(message("X-Amz-Credential", "AKID/20130524/eu-west-1/s3/aws4_request"),
            "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; "
            "expecting 'us-east-1'");
  EXPECT_EQ(message("X-Amz-Credential", "AKID/20130523/us-east-1/s3/aws4_request"),
            "Invalid credential date \"20130523\". This date is not the same as X-Amz-Date: "
            "\"20130524\".");
  EXPECT_EQ(message("X-Amz-SignedHeaders", std::string(1000, ';')).substr(0, 12), "Query-string");
}

SignatureClaim claim_of(std::uint64_t expires_s) {
  SignatureClaim claim;
  claim.source = ClaimSource::kQuery;
  claim.time = *time::parse_amz_date("20130524T000000Z");
  claim.expires_s = expires_s;
  return claim;
}

TEST(Presigned, HoldsToItsLastSecond) {
  using std::chrono::milliseconds;
  const SignatureClaim claim = claim_of(60);
  EXPECT_TRUE(check_presigned_time(claim, claim.time, claim.time + milliseconds(60000)));
  const auto late = check_presigned_time(claim, claim.time, claim.time + milliseconds(60001));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, S3ErrorCode::AccessDenied);
  EXPECT_EQ(late.error().message, "Request has expired");
  EXPECT_EQ(late.error().fields,
            (std::vector<S3Error::Field>{{"X-Amz-Expires", "60"},
                                         {"Expires", "2013-05-24T00:01:00Z"},
                                         {"ServerTime", "2013-05-24T00:01:00Z"}}));
  EXPECT_FALSE(check_presigned_time(claim_of(0), claim.time, claim.time));
}

TEST(Presigned, MayBeSignedFifteenMinutesAhead) {
  const SignatureClaim claim = claim_of(60);
  EXPECT_TRUE(check_presigned_time(claim, claim.time, claim.time - std::chrono::minutes(15)));
  const auto early =
      check_presigned_time(claim, claim.time, claim.time - std::chrono::seconds(901));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().message, "Request is not yet valid");
  EXPECT_EQ(early.error().fields,
            (std::vector<S3Error::Field>{{"X-Amz-Date", "1369353600000"},
                                         {"Expires", "2013-05-24T00:01:00Z"},
                                         {"ServerTime", "2013-05-23T23:44:59Z"}}));
}

}  // namespace
}  // namespace pail::auth
