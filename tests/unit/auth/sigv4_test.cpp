#include "auth/sigv4.h"

#include <gtest/gtest.h>

#include "support/signed_request.h"

namespace pail::auth {
namespace {

using test::SigningOptions;
using test::TestRequest;

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
struct Example {
  const char* method;
  const char* target;
  std::vector<http::Header> headers;
  std::vector<std::string_view> signed_names;
  const char* payload_hash;
  const char* signature;
};

const http::Header kHost{"Host", "examplebucket.s3.amazonaws.com"};
const http::Header kDate{"x-amz-date", "20130524T000000Z"};
const http::Header kNoBody{"x-amz-content-sha256", std::string(test::kEmptySha256)};
constexpr const char* kPutHash = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

std::vector<Example> examples() {
  return {
      {"GET",
       "/test.txt",
       {kHost, {"Range", "bytes=0-9"}, kNoBody, kDate},
       {"host", "range", "x-amz-content-sha256", "x-amz-date"},
       test::kEmptySha256.data(),
       "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
      {"PUT",
       "/test%24file.text",
       {kHost,
        {"Date", "Fri, 24 May 2013 00:00:00 GMT"},
        kDate,
        {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
        {"x-amz-content-sha256", kPutHash}},
       {"date", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-storage-class"},
       kPutHash,
       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
      {"GET",
       "/?lifecycle",
       {kHost, kDate, kNoBody},
       {"host", "x-amz-content-sha256", "x-amz-date"},
       test::kEmptySha256.data(),
       "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
      {"GET",
       "/?max-keys=2&prefix=J",
       {kHost, kDate, kNoBody},
       {"host", "x-amz-content-sha256", "x-amz-date"},
       test::kEmptySha256.data(),
       "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
  };
}

TEST(SigV4, SignsAwsExamplesAsAws) {
  for (const Example& example : examples()) {
    TestRequest request(example.method, example.target, example.headers);
    SigningOptions options;
    options.signed_names = example.signed_names;
    EXPECT_EQ(test::signature_of(request, options, example.payload_hash).first, example.signature)
        << example.target;
  }
}

TEST(SigV4, CanonicalRequestIsAwsExampleByteForByte) {
  TestRequest request("GET", "/test.txt", examples()[0].headers);
  SigningOptions options;
  options.signed_names = examples()[0].signed_names;
  EXPECT_EQ(test::signature_of(request, options, test::kEmptySha256).second,
            "GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-9\n"
            "x-amz-content-sha256:"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
            "x-amz-date:20130524T000000Z\n\nhost;range;x-amz-content-sha256;x-amz-date\n"
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(SigV4, PathIsEncodedOnceAndNeverNormalised) {
  EXPECT_EQ(canonical_path("/b/a%20b+c"), "/b/a%20b%2Bc");
  EXPECT_EQ(canonical_path("/b//a/../b/./"), "/b//a/../b/./");
  EXPECT_EQ(canonical_path("/b/%c3%bc"), "/b/%C3%BC");
  EXPECT_EQ(canonical_path("/b/!*'()~"), "/b/%21%2A%27%28%29~");
  EXPECT_EQ(canonical_path("/b/%7E%2Fx"), "/b/~/x");
  EXPECT_EQ(canonical_path("/b/100%25"), "/b/100%25");
  EXPECT_EQ(canonical_path(""), "/");
}

std::string query_of(std::string_view raw) {
  return canonical_query(protocol::Query::parse(raw).value());
}

TEST(SigV4, QueryIsSortedByEncodedNameThenValue) {
  EXPECT_EQ(query_of("b=2&a=1"), "a=1&b=2");
  EXPECT_EQ(query_of("a=2&a=1&a=&A=3"), "A=3&a=&a=1&a=2");
  EXPECT_EQ(query_of("acl&b="), "acl=&b=");
  EXPECT_EQ(query_of("k=1&k-x=2&k.y=3&k0=4"), "k=1&k-x=2&k.y=3&k0=4");
  EXPECT_EQ(query_of("k=%c3%bc~!*'()&l=a=b&m=a:b/c"),
            "k=%C3%BC~%21%2A%27%28%29&l=a%3Db&m=a%3Ab%2Fc");
  EXPECT_EQ(query_of("a=1&X-Amz-Signature=ff&x-amz-signature=00"), "a=1");
  // What aws4fetch and reqwest send for a space, and what they sign.
  EXPECT_EQ(query_of("a=x+y&b=x%2By"), "a=x%20y&b=x%2By");
}

TEST(SigV4, FieldValuesLoseSurplusSpace) {
  const auto canonical = [](std::string_view value) {
    std::string out;
    append_canonical_value(out, value);
    return out;
  };
  EXPECT_EQ(canonical("  a   b \t c  "), "a b c");
  EXPECT_EQ(canonical("\"a  b\""), "\"a b\"");
  EXPECT_EQ(canonical(" \t "), "");
}

TEST(SigV4, RepeatedFieldsAreJoinedAndMissingOnesAreEmpty) {
  TestRequest request("GET", "/", {{"Host", "h"}, {"X-Amz-Meta-A", " 1 "}, {"x-amz-meta-a", "2"}});
  SigningOptions options;
  options.signed_names = {"host", "x-amz-meta-a", "x-amz-meta-b"};
  EXPECT_EQ(test::signature_of(request, options, "UNSIGNED-PAYLOAD").second,
            "GET\n/\n\nhost:h\nx-amz-meta-a:1,2\nx-amz-meta-b:\n\nhost;x-amz-meta-a;x-amz-meta-b\n"
            "UNSIGNED-PAYLOAD");
}

TEST(SigV4, AnotherHostChangesNothingButItsLine) {
  TestRequest request("GET", "/", {{"Host", "one"}, {"x-amz-meta-host", "one"}});
  const std::vector<std::string_view> names = {"host", "x-amz-meta-host"};
  const CanonicalRequest canonical = canonical_request(
      {"GET", "/", "", &request.http.headers, names, "host;x-amz-meta-host", "hash"});
  EXPECT_EQ(with_host(canonical, "two:9000"),
            "GET\n/\n\nhost:two:9000\nx-amz-meta-host:one\n\nhost;x-amz-meta-host\nhash");
}

TEST(SigV4, SignaturesCompareWithoutRegardToCaseOnly) {
  EXPECT_TRUE(same_signature("AB12", "ab12"));
  EXPECT_FALSE(same_signature("ab13", "ab12"));
  EXPECT_FALSE(same_signature("ab1", "ab12"));
  EXPECT_FALSE(same_signature("", "ab12"));
}

TEST(SigV4, CachedKeysAreTheDerivedOnes) {
  SigningKeys keys;
  const SigningKey derived = derive_signing_key("secret", "20130524", "us-east-1", "s3");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(keys.find_or_derive("id", "secret", "20130524", "us-east-1"), derived);
  }
  EXPECT_NE(keys.find_or_derive("id", "secret", "20130525", "us-east-1"), derived);
  EXPECT_NE(keys.find_or_derive("id", "secret", "20130524", "eu-west-1"), derived);
  EXPECT_NE(keys.find_or_derive("id2", "secret2", "20130524", "us-east-1"), derived);
}

TEST(SigV4, ManyDaysDoNotMakeTheCacheWrong) {
  SigningKeys keys;
  for (int day = 10000000; day < 10001000; ++day) {
    const std::string date = std::to_string(day);
    ASSERT_EQ(keys.find_or_derive("id", "secret", date, "r"),
              derive_signing_key("secret", date, "r", "s3"));
  }
}

}  // namespace
}  // namespace pail::auth
