#include "auth/sigv2_header.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "auth/sigv2.h"
#include "support/signed_request.h"

namespace pail::auth {
namespace {

using test::TestRequest;

struct Example {
  std::string method;
  std::string target;
  std::vector<http::Header> headers;
  std::string signature;
};

/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html, "Authentication
/// examples".
const Example kExamples[] = {
    {"GET",
     "/photos/puppy.jpg",
     {{"Host", "johnsmith.s3.amazonaws.com"}, {"Date", "Tue, 27 Mar 2007 19:36:42 +0000"}},
     "bWq2s1WEIj+Ydj0vQ697zp+IXMU="},
    {"PUT",
     "/photos/puppy.jpg",
     {{"Content-Type", "image/jpeg"},
      {"Content-Length", "94328"},
      {"Host", "johnsmith.s3.amazonaws.com"},
      {"Date", "Tue, 27 Mar 2007 21:15:45 +0000"}},
     "MyyxeRY7whkBe+bq8fHCL/2kKUg="},
    {"GET",
     "/?prefix=photos&max-keys=50&marker=puppy",
     {{"User-Agent", "Mozilla/5.0"},
      {"Host", "johnsmith.s3.amazonaws.com"},
      {"Date", "Tue, 27 Mar 2007 19:42:41 +0000"}},
     "htDYFYduRNen8P9ZfE/s9SuKy0U="},
    {"GET",
     "/?acl",
     {{"Host", "johnsmith.s3.amazonaws.com"}, {"Date", "Tue, 27 Mar 2007 19:44:46 +0000"}},
     "c2WLPFtWHVgbEmeEG93a4cG37dM="},
    {"DELETE",
     "/johnsmith/photos/puppy.jpg",
     {{"Host", "s3.amazonaws.com"}, {"Date", "Tue, 27 Mar 2007 21:20:26 +0000"}},
     "lx3byBScXR6KzyMaifNkardMwNk="},
    {"PUT",
     "/static.johnsmith.net/db-backup.dat.gz",
     {{"Host", "s3.amazonaws.com"},
      {"Date", "Tue, 27 Mar 2007 21:06:08 +0000"},
      {"x-amz-acl", "public-read"},
      {"content-type", "application/x-download"},
      {"Content-MD5", "4gJE4saaMU4BqNR0kLY+lw=="},
      {"X-Amz-Meta-ReviewedBy", "joe@johnsmith.net"},
      {"X-Amz-Meta-ReviewedBy", "jane@johnsmith.net"},
      {"X-Amz-Meta-FileChecksum", "0x02661779"},
      {"X-Amz-Meta-ChecksumAlgorithm", "crc32"}},
     "ilyl83RwaSoYIEdixDQcA4OnAnc="},
    {"GET",
     "/",
     {{"Host", "s3.amazonaws.com"}, {"Date", "Wed, 28 Mar 2007 01:29:59 +0000"}},
     "qGdzdERIC03wnaRNKh6OqZehG9s="},
    {"GET",
     "/dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re",
     {{"Host", "s3.amazonaws.com"}, {"Date", "Wed, 28 Mar 2007 01:49:49 +0000"}},
     "DNEZGsoieTZ92F3bUfSPQcbGmlM="},
};

time::Timestamp date_of(const http::HeaderMap& headers) {
  std::string date(*headers.find("Date"));
  return *time::parse_http_date(date.replace(date.find("+0000"), 5, "GMT"));
}

/// "ok", or the code of the error.
std::string verify(TestRequest& request, const std::string& authorization, time::Timestamp now) {
  const auto credentials = test::example_credentials();
  const auto verified = verify_sigv2_header(request.routed(), authorization, credentials, now);
  return verified ? "ok" : std::string(error_name(verified.error().code));
}

std::string header(const std::string& signature) {
  return "AWS " + std::string(test::kExampleKeyId) + ":" + signature;
}

TEST(Sigv2Header, TheExamplesOfTheDocumentationVerify) {
  for (const Example& example : kExamples) {
    TestRequest request(example.method, example.target, example.headers);
    EXPECT_EQ(verify(request, header(example.signature), date_of(request.http.headers)), "ok")
        << example.target;
  }
}

TEST(Sigv2Header, WhatTheExamplesSignedMayNotChange) {
  for (const Example& example : kExamples) {
    TestRequest request("HEAD", example.target, example.headers);
    const auto now = date_of(request.http.headers);
    EXPECT_EQ(verify(request, header(example.signature), now), "SignatureDoesNotMatch");
    TestRequest more(example.method, example.target, example.headers);
    more.http.headers.add("x-amz-meta-more", "1");
    EXPECT_EQ(verify(more, header(example.signature), now), "SignatureDoesNotMatch");
  }
}

TEST(Sigv2Header, XAmzDateTakesThePlaceOfTheDate) {
  TestRequest request("DELETE", "/b/k",
                      {{"Host", "localhost"},
                       {"Date", "Tue, 27 Mar 2007 21:20:27 +0000"},
                       {"x-amz-date", "Tue, 27 Mar 2007 21:20:26 +0000"}});
  const std::string signature = sigv2_signature(
      test::kExampleSecret, "DELETE\n\n\n\nx-amz-date:Tue, 27 Mar 2007 21:20:26 +0000\n/b/k");
  EXPECT_EQ(verify(request, header(signature), date_of(request.http.headers)), "ok");
}

TEST(Sigv2Header, SubResourcesAreSortedAndDecoded) {
  TestRequest request("GET", "/b/k?uploadId=a%2Bb&partNumber=2&x=y",
                      {{"Host", "localhost"}, {"Date", "Tue, 27 Mar 2007 21:20:26 +0000"}});
  const std::string signature =
      sigv2_signature(test::kExampleSecret,
                      "GET\n\n\nTue, 27 Mar 2007 21:20:26 +0000\n/b/k?partNumber=2&uploadId=a+b");
  EXPECT_EQ(verify(request, header(signature), date_of(request.http.headers)), "ok");
}

TEST(Sigv2Header, ABucketIsSignedWithASlashBehindItsName) {
  TestRequest request("GET", "/b?acl",
                      {{"Host", "localhost"}, {"Date", "Tue, 27 Mar 2007 21:20:26 +0000"}});
  const std::string signature =
      sigv2_signature(test::kExampleSecret, "GET\n\n\nTue, 27 Mar 2007 21:20:26 +0000\n/b/?acl");
  EXPECT_EQ(verify(request, header(signature), date_of(request.http.headers)), "ok");
}

TEST(Sigv2Header, NewerSubResourcesMayBeSignedOrNot) {
  TestRequest request("GET", "/b/k?retention",
                      {{"Host", "localhost"}, {"Date", "Tue, 27 Mar 2007 21:20:26 +0000"}});
  for (const char* resource : {"/b/k?retention", "/b/k"}) {
    const std::string signature = sigv2_signature(
        test::kExampleSecret, "GET\n\n\nTue, 27 Mar 2007 21:20:26 +0000\n" + std::string(resource));
    EXPECT_EQ(verify(request, header(signature), date_of(request.http.headers)), "ok");
  }
}

TEST(Sigv2Header, ClocksMayDifferByAQuarterOfAnHour) {
  const Example& example = kExamples[0];
  TestRequest request(example.method, example.target, example.headers);
  const auto date = date_of(request.http.headers);
  for (const int sign : {-1, 1}) {
    EXPECT_EQ(verify(request, header(example.signature), date + sign * std::chrono::minutes(15)),
              "ok");
    EXPECT_EQ(verify(request, header(example.signature), date + sign * std::chrono::seconds(901)),
              "RequestTimeTooSkewed");
  }
}

TEST(Sigv2Header, FieldsThatCannotBeReadAreRefusedAsOnAws) {
  TestRequest request("GET", "/b", {{"Host", "localhost"}});
  for (const char* authorization : {"AWS", "AWS a", "AWS :b", "AWS a:", "AWS a:b:c", "AWS a:b c"})
    EXPECT_EQ(verify(request, authorization, {}), "InvalidArgument") << authorization;
  EXPECT_EQ(verify(request, "AWS a:b", {}), "AccessDenied") << "without a date";
  request.http.headers.add("Date", "yesterday");
  EXPECT_EQ(verify(request, "AWS a:b", {}), "AccessDenied");
  request.http.headers.set("Date", "Tue, 27 Mar 2007 21:20:26 +0000");
  EXPECT_EQ(verify(request, "AWS a:b", {}), "InvalidAccessKeyId");
}

TEST(Sigv2Header, AMismatchShowsWhatWasSigned) {
  TestRequest request("GET", "/b",
                      {{"Host", "localhost"}, {"Date", "Tue, 27 Mar 2007 21:20:26 +0000"}});
  const auto credentials = test::example_credentials();
  const auto refused = verify_sigv2_header(request.routed(), header("x"), credentials, {});
  ASSERT_FALSE(refused);
  const std::vector<S3Error::Field>& fields = refused.error().fields;
  ASSERT_EQ(fields.size(), 4U);
  EXPECT_EQ(fields[1].name, "StringToSign");
  EXPECT_EQ(fields[1].value, "GET\n\n\nTue, 27 Mar 2007 21:20:26 +0000\n/b/");
  EXPECT_EQ(fields[2].value, "x");
  EXPECT_TRUE(fields[3].value.starts_with("47 45 54 0a"));
}

TEST(Sigv2Header, IsToldByItsScheme) {
  EXPECT_TRUE(is_sigv2_header("AWS a:b"));
  EXPECT_FALSE(is_sigv2_header("AWS4-HMAC-SHA256 Credential=a"));
  EXPECT_FALSE(is_sigv2_header("Bearer a"));
}

}  // namespace
}  // namespace pail::auth
