#include "auth/authenticator.h"

#include <gtest/gtest.h>

#include "unit/auth/authentication_fixture.h"

namespace pail::auth {
namespace {

TEST_F(Authentication, AwsPresignedExampleIsAccepted) {
  TestRequest request("GET", aws_example_url(kAwsExampleSignature),
                      {{"Host", "examplebucket.s3.amazonaws.com"}});
  EXPECT_EQ(outcome(request), kQueryOk);
}

TEST_F(Authentication, AwsHeaderExampleIsAccepted) {
  TestRequest request(
      "GET", "/test.txt",
      {{"Host", "examplebucket.s3.amazonaws.com"},
       {"Range", "bytes=0-9"},
       {"x-amz-content-sha256", std::string(test::kEmptySha256)},
       {"x-amz-date", "20130524T000000Z"},
       {"Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature="
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"}});
  EXPECT_EQ(outcome(request), kHeaderOk);
}

TEST_F(Authentication, AwsChunkedExampleIsAcceptedWithItsBody) {
  TestRequest request(
      "PUT", "/examplebucket/chunkObject.txt",
      {{"Host", "s3.amazonaws.com"},
       {"x-amz-date", "20130524T000000Z"},
       {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
       {"x-amz-content-sha256", kSignedHash},
       {"Content-Encoding", "aws-chunked"},
       {"x-amz-decoded-content-length", "66560"},
       {"Content-Length", "66824"},
       {"Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
        "x-amz-decoded-content-length;x-amz-storage-class,Signature="
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"}});
  request.set_body(
      "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
      std::string(65536, 'a') +
      "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"
      "\r\n" +
      std::string(1024, 'a') +
      "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"
      "\r\n\r\n");
  const auto result = authenticate(request);
  ASSERT_TRUE(result) << result.error().hint;
  EXPECT_EQ(result->body().length_bytes(), 66560U);
  EXPECT_EQ(*test::read_all(result->body()), std::string(66560, 'a'));
}

TEST_F(Authentication, WithoutASignatureTheSenderIsAnonymous) {
  TestRequest request("GET", "/bucket/key");
  EXPECT_EQ(outcome(request), "anonymous");
  request.http.headers.add("Authorization", " ");
  EXPECT_EQ(outcome(request), "anonymous");
}

TEST_F(Authentication, APreflightIsNotLookedAt) {
  TestRequest request("OPTIONS", "/bucket/key?X-Amz-Signature=x",
                      {{"Host", "localhost"}, {"Authorization", "nonsense"}});
  request.operation.entry = protocol::Entry::kPreflight;
  EXPECT_EQ(outcome(request), "anonymous");
}

TEST_F(Authentication, OnlyOneMechanismIsTaken) {
  TestRequest request("GET", aws_example_url("x"),
                      {{"Host", "h"}, {"Authorization", "AWS4-HMAC-SHA256 a"}});
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::InvalidArgument);
  EXPECT_TRUE(error.message.starts_with("Only one auth mechanism allowed; only the X-Amz-Alg"));
  EXPECT_EQ(test::field_of(error, "ArgumentValue"), "AWS4-HMAC-SHA256 a");
}

TEST_F(Authentication, PresignedUrlOfVersion2IsTakenToo) {
  // Signed by openssl: printf 'GET\n\n\n1369353900\n/bucket/key' | openssl dgst -sha1 -hmac ...
  TestRequest request("GET",
                      "/bucket/key?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1369353900&"
                      "Signature=pQPSUQaDn8LRIeG%2BB7s4tq1Zdxg%3D");
  EXPECT_EQ(outcome(request), kQueryOk);
  clock_.advance(std::chrono::seconds(301));
  EXPECT_EQ(error_of(request).message, "Request has expired");
}

TEST_F(Authentication, Version2InTheHeaderIsTakenOnlyWhereItIsSwitchedOn) {
  // Signed by openssl: printf 'GET\n\n\nFri, 24 May 2013 00:00:00 GMT\n/bucket/key' | openssl ...
  TestRequest request("GET", "/bucket/key",
                      {{"Host", "localhost:9000"},
                       {"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                       {"Authorization", "AWS AKIAIOSFODNN7EXAMPLE:WmgtKLC6JDCuqR5x/kG6UqWJFjY="}});
  EXPECT_EQ(error_of(request).message,
            "The authorization mechanism you have provided is not supported. Please use "
            "AWS4-HMAC-SHA256.");
  auto switched_on = options();
  switched_on.accepts_sigv2 = true;
  use(switched_on);
  EXPECT_EQ(outcome(request), kHeaderOk);
  clock_.advance(std::chrono::seconds(901));
  EXPECT_EQ(outcome(request), "RequestTimeTooSkewed");
}

TEST_F(Authentication, AFormThatWasNotReadIsRefused) {
  TestRequest request("POST", "/bucket");
  request.operation.entry = protocol::Entry::kForm;
  EXPECT_EQ(outcome(request), "MalformedPOSTRequest");
}

TEST_F(Authentication, UnknownKeyIsNamed) {
  SigningOptions unknown;
  unknown.key_id = "AKIAUNKNOWN";
  TestRequest request("GET", "/bucket/key");
  sign_header(request, unknown);
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::InvalidAccessKeyId);
  EXPECT_EQ(error.status(), 403);
  EXPECT_EQ(error.fields, (std::vector<S3Error::Field>{{"AWSAccessKeyId", "AKIAUNKNOWN"}}));
}

TEST_F(Authentication, MismatchShowsTheWorkInAwsOrder) {
  SigningOptions other;
  other.secret = "other";
  TestRequest request("GET", "/bucket/key?prefix=a%20b");
  sign_header(request, other);
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::SignatureDoesNotMatch);
  std::vector<std::string> names;
  for (const auto& field : error.fields) names.push_back(field.name);
  EXPECT_EQ(names, (std::vector<std::string>{"AWSAccessKeyId", "StringToSign", "SignatureProvided",
                                             "StringToSignBytes", "CanonicalRequest",
                                             "CanonicalRequestBytes"}));
  const std::string canonical = test::field_of(error, "CanonicalRequest");
  EXPECT_TRUE(canonical.starts_with("GET\n/bucket/key\nprefix=a%20b\nhost:localhost:9000\n"));
  EXPECT_EQ(test::field_of(error, "StringToSign"),
            "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n" +
                checksum::sha256_hex(canonical));
  EXPECT_TRUE(test::field_of(error, "StringToSignBytes").starts_with("41 57 53 34 2d 48"));
  EXPECT_NE(error.hint.find("the secret of 'AKIAIOSFODNN7EXAMPLE' is wrong"), std::string::npos);
}

TEST_F(Authentication, NothingOfASecretIsEverShown) {
  SigningOptions other;
  other.secret = "client-side-secret";
  TestRequest request("GET", "/bucket/key");
  sign_header(request, other);
  const S3Error error = error_of(request);
  std::string all = error.message + error.hint;
  for (const auto& field : error.fields) all += field.value;
  EXPECT_EQ(all.find(test::kExampleSecret), std::string::npos);
}

TEST_F(Authentication, HintNamesTheUsualMistakes) {
  const auto hint_of = [&](TestRequest& request) { return error_of(request).hint; };

  TestRequest method("GET", "/bucket/key");
  presign(method);
  method.http.method = "HEAD";
  EXPECT_NE(hint_of(method).find("signed for the method GET"), std::string::npos);

  TestRequest twice("GET", "/bucket/a%2520b");
  sign_header(twice);
  twice.http.target = "/bucket/a%20b";
  EXPECT_NE(hint_of(twice).find("encoded the path twice"), std::string::npos);

  TestRequest normal("GET", "/bucket/a/b");
  sign_header(normal);
  normal.http.target = "/bucket//a/./b";
  EXPECT_NE(hint_of(normal).find("normalised the path"), std::string::npos);

  TestRequest payload("GET", "/bucket/key",
                      {{"Host", "localhost"}, {"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}});
  SigningOptions without_hash;
  without_hash.signed_names = {"host", "x-amz-date"};
  sign_header(payload, without_hash);
  payload.http.headers.set("x-amz-content-sha256", std::string(64, 'a'));
  EXPECT_NE(hint_of(payload).find("another payload hash"), std::string::npos);

  TestRequest query("GET", "/bucket/key");
  sign_header(query);
  query.http.target = "/bucket/key?versionId=1";
  EXPECT_NE(hint_of(query).find("did not sign the query"), std::string::npos);

  TestRequest elsewhere("GET", "/bucket/key", {{"Host", "s3.internal:9000"}});
  sign_header(elsewhere);
  elsewhere.http.headers.set("Host", "proxy.internal");
  EXPECT_NE(hint_of(elsewhere).find("add them with --host"), std::string::npos);
}

TEST_F(Authentication, AnotherNameOfTheServerIsAccepted) {
  for (const char* signed_for : {"localhost:9000", "localhost", "127.0.0.1:9000", "[::1]:9000",
                                 "host.docker.internal:9000", "s3.amazonaws.com"}) {
    TestRequest request("GET", "/bucket/key", {{"Host", signed_for}});
    presign(request);
    request.http.headers.set("Host", "proxy.test:8080");
    EXPECT_EQ(outcome(request), kQueryOk) << signed_for;
  }
}

TEST_F(Authentication, AnotherNameIsAcceptedBehindTheBucketsNameToo) {
  TestRequest request("GET", "/key", {{"Host", "bucket.localhost:9000"}});
  sign_header(request);
  request.http.headers.set("Host", "bucket.s3.amazonaws.com");
  EXPECT_EQ(outcome(request), kHeaderOk);
}

TEST_F(Authentication, AForeignNameIsNotAccepted) {
  TestRequest request("GET", "/bucket/key", {{"Host", "evil.test"}});
  presign(request);
  request.http.headers.set("Host", "localhost:9000");
  EXPECT_EQ(outcome(request), "SignatureDoesNotMatch");
}

TEST_F(Authentication, StrictHostTakesOnlyTheHostThatWasSent) {
  AuthenticatorOptions strict = options();
  strict.strict_host = true;
  use(strict);
  TestRequest request("GET", "/bucket/key");
  presign(request);
  EXPECT_EQ(outcome(request), kQueryOk);
  request.http.headers.set("Host", "127.0.0.1:9000");
  EXPECT_EQ(outcome(request), "SignatureDoesNotMatch");
}

TEST_F(Authentication, ASignatureForOneBucketNeverOpensAnother) {
  AuthenticatorOptions with_base = options();
  with_base.names.public_bases = {{"cdn.test", "/assets", "photos"}};
  use(with_base);
  TestRequest request("GET", "/assets/cat.jpg");
  request.names = with_base.names;
  presign(request);
  request.http.headers.set("Host", "cdn.test");
  EXPECT_EQ(outcome(request), "SignatureDoesNotMatch");
}

TEST_F(Authentication, HeadersThatAreNotSignedAreListed) {
  TestRequest request("PUT", "/bucket/key",
                      {{"Host", "localhost:9000"},
                       {"X-Amz-Meta-B", "1"},
                       {"x-amz-acl", "private"},
                       {"x-amzn-trace-id", "1"},
                       {"Content-Type", "a/b"}});
  presign(request);
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::AccessDenied);
  EXPECT_EQ(error.message, "There were headers present in the request which were not signed");
  EXPECT_EQ(error.fields,
            (std::vector<S3Error::Field>{{"HeadersNotSigned", "x-amz-acl, x-amz-meta-b"}}));
}

TEST_F(Authentication, HostMustBeSigned) {
  SigningOptions no_host;
  no_host.signed_names = {"x-amz-content-sha256", "x-amz-date"};
  TestRequest request("GET", "/bucket/key");
  sign_header(request, no_host);
  EXPECT_EQ(test::field_of(error_of(request), "HeadersNotSigned"), "host");
}

TEST_F(Authentication, SkewOfFifteenMinutesIsTolerated) {
  for (const int seconds : {-901, -900, 900, 901}) {
    SigningOptions skewed;
    skewed.time += std::chrono::seconds(seconds);
    TestRequest request("GET", "/bucket/key");
    sign_header(request, skewed);
    EXPECT_EQ(outcome(request),
              seconds == 900 || seconds == -900 ? kHeaderOk : "RequestTimeTooSkewed")
        << seconds;
  }
}

TEST_F(Authentication, SkewErrorShowsBothClocks) {
  SigningOptions skewed;
  skewed.time += std::chrono::seconds(-901);
  TestRequest request("GET", "/bucket/key");
  sign_header(request, skewed);
  EXPECT_EQ(error_of(request).fields,
            (std::vector<S3Error::Field>{{"RequestTime", "20130523T234459Z"},
                                         {"ServerTime", "2013-05-24T00:00:00Z"},
                                         {"MaxAllowedSkewMilliseconds", "900000"}}));
}

TEST_F(Authentication, KeyAndSignatureComeBeforeTheTime) {
  SigningOptions late;
  late.time += std::chrono::hours(-1);
  late.secret = "other";
  TestRequest request("GET", "/bucket/key");
  sign_header(request, late);
  EXPECT_EQ(outcome(request), "SignatureDoesNotMatch");
}

TEST_F(Authentication, PresignedUrlExpires) {
  TestRequest request("GET", "/bucket/key");
  presign(request);
  clock_.advance(std::chrono::seconds(300));
  EXPECT_EQ(outcome(request), kQueryOk);
  clock_.advance(std::chrono::milliseconds(1));
  EXPECT_EQ(error_of(request).message, "Request has expired");
}

TEST_F(Authentication, PresignedUrlCoversItsWholeQueryAndPath) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"versionId=1", "versionId=2"},
           {"/bucket/key", "/bucket/kez"},
           {"versionId=1&", ""},
           {"X-Amz-Expires=300", "X-Amz-Expires=301"}}) {
    TestRequest request("GET", "/bucket/key?versionId=1");
    presign(request);
    request.http.target.replace(request.http.target.find(from), from.size(), to);
    EXPECT_EQ(outcome(request), "SignatureDoesNotMatch") << to;
  }
}

TEST_F(Authentication, SessionTokensAreRefusedForTheyAreNotIssued) {
  TestRequest request("GET", "/bucket/key?X-Amz-Security-Token=token");
  presign(request);
  const S3Error error = error_of(request);
  EXPECT_EQ(error.code, S3ErrorCode::InvalidToken);
  EXPECT_EQ(error.fields, (std::vector<S3Error::Field>{{"Token-0", "token"}}));

  TestRequest in_header("GET", "/bucket/key",
                        {{"Host", "localhost"}, {"x-amz-security-token", "token"}});
  SigningOptions with_token;
  with_token.signed_names.push_back("x-amz-security-token");
  sign_header(in_header, with_token);
  EXPECT_EQ(outcome(in_header), "InvalidToken");
}

}  // namespace
}  // namespace pail::auth
