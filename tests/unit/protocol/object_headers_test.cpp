#include "protocol/object_headers.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

http::HeaderMap headers(std::initializer_list<http::Header> fields) {
  http::HeaderMap map;
  for (const http::Header& field : fields) map.add(field.name, field.value);
  return map;
}

model::ObjectAttributes attributes(std::initializer_list<http::Header> fields) {
  auto parsed = parse_object_attributes(headers(fields));
  EXPECT_TRUE(parsed.has_value());
  return parsed ? *parsed : model::ObjectAttributes();
}

/// "ok", or the code and the further elements.
template <typename Checked>
std::string outcome(Checked checked) {
  if (checked) return "ok";
  std::string text(error_name(checked.error().code));
  for (const S3Error::Field& field : checked.error().fields)
    text += ' ' + field.name + '=' + field.value;
  return text;
}

std::vector<http::Header> written(const model::ObjectAttributes& attributes) {
  http::HeaderMap out;
  add_object_headers(attributes, out);
  return {out.begin(), out.end()};
}

TEST(ObjectAttributes, SystemMetadataIsKeptAsSent) {
  const auto parsed = attributes({{"content-type", "text/plain; charset=utf-8"},
                                  {"Content-Disposition", "attachment; filename=\"a b\""},
                                  {"Content-Encoding", "gzip"},
                                  {"Content-Language", "de"},
                                  {"Cache-Control", "no-store"},
                                  {"Expires", "never"}});
  EXPECT_EQ(parsed.content_type, "text/plain; charset=utf-8");
  const std::vector<http::Header> expected = {
      {"Content-Type", "text/plain; charset=utf-8"},
      {"Content-Disposition", "attachment; filename=\"a b\""},
      {"Content-Encoding", "gzip"},
      {"Content-Language", "de"},
      {"Cache-Control", "no-store"},
      {"Expires", "never"}};
  EXPECT_EQ(written(parsed), expected);
}

TEST(ObjectAttributes, WithoutContentTypeItIsBinary) {
  const std::vector<http::Header> expected = {{"Content-Type", "binary/octet-stream"}};
  EXPECT_EQ(written(attributes({})), expected);
}

TEST(ObjectAttributes, AwsChunkedIsNoEncodingOfTheObject) {
  EXPECT_EQ(attributes({{"Content-Encoding", "aws-chunked"}}).content_encoding, "");
  EXPECT_EQ(attributes({{"Content-Encoding", "gzip,aws-chunked"}}).content_encoding, "gzip");
  EXPECT_EQ(attributes({{"Content-Encoding", "aws-chunked, gzip"}}).content_encoding, "gzip");
  EXPECT_EQ(attributes({{"Content-Encoding", "gzip, br,AWS-Chunked"}}).content_encoding,
            "gzip, br");
  EXPECT_EQ(attributes({{"Content-Encoding", "gzip"}, {"Content-Encoding", "aws-chunked"}})
                .content_encoding,
            "gzip");
  EXPECT_EQ(attributes({{"Content-Encoding", "gzip , br"}}).content_encoding, "gzip , br");
}

TEST(ObjectAttributes, UserMetadataNamesAreLowerCase) {
  const auto parsed = attributes({{"X-Amz-Meta-Camel-Case", " Value "}, {"x-amz-meta-b", ""}});
  const std::vector<model::NamedValue> expected = {{"camel-case", "Value"}, {"b", ""}};
  EXPECT_EQ(parsed.user_metadata, expected);
}

TEST(ObjectAttributes, RepeatedUserMetadataBecomesAList) {
  const auto parsed = attributes({{"x-amz-meta-a", "1"}, {"x-amz-meta-A", "2"}});
  const std::vector<model::NamedValue> expected = {{"a", "1,2"}};
  EXPECT_EQ(parsed.user_metadata, expected);
}

TEST(ObjectAttributes, UserMetadataBeyondTwoKilobytesIsTooLarge) {
  EXPECT_EQ(outcome(parse_object_attributes(headers({{"x-amz-meta-k", std::string(2047, 'v')}}))),
            "ok");
  EXPECT_EQ(outcome(parse_object_attributes(headers({{"x-amz-meta-k", std::string(2048, 'v')}}))),
            "MetadataTooLarge Size=2049 MaxSizeAllowed=2048");
}

TEST(ObjectAttributes, StorageClassIsChecked) {
  EXPECT_EQ(attributes({}).storage_class, "STANDARD");
  EXPECT_EQ(attributes({{"x-amz-storage-class", "GLACIER_IR"}}).storage_class, "GLACIER_IR");
  for (const char* name : {"OUTPOSTS", "FakeClass", "standard", ""}) {
    EXPECT_EQ(outcome(parse_object_attributes(headers({{"x-amz-storage-class", name}}))),
              "InvalidStorageClass StorageClassRequested=" + std::string(name));
  }
}

TEST(ObjectAttributes, RedirectMustBeAPathOrAUrl) {
  for (const char* location : {"/a", "http://example.com", "https://example.com"}) {
    EXPECT_EQ(attributes({{"x-amz-website-redirect-location", location}}).website_redirect_location,
              location);
  }
  EXPECT_EQ(outcome(parse_object_attributes(headers({{"x-amz-website-redirect-location", "a"}}))),
            "InvalidRedirectLocation");
}

TEST(ObjectHeaders, ShowWhatIsNotTheDefault) {
  model::ObjectAttributes all;
  all.content_type = "a/b";
  all.storage_class = "STANDARD_IA";
  all.website_redirect_location = "/x";
  all.user_metadata = {{"n", "v"}};
  all.tags = {{"a", "1"}, {"b", "2"}};
  const std::vector<http::Header> expected = {{"Content-Type", "a/b"},
                                              {"x-amz-meta-n", "v"},
                                              {"x-amz-storage-class", "STANDARD_IA"},
                                              {"x-amz-tagging-count", "2"},
                                              {"x-amz-website-redirect-location", "/x"}};
  EXPECT_EQ(written(all), expected);
}

TEST(SupportedHeaders, WhatIsNotDoneYetIsRefusedByName) {
  for (const char* name : {"x-amz-object-lock-event-hold", "x-amz-write-offset-bytes"}) {
    EXPECT_EQ(outcome(check_supported_headers(headers({{name, "x"}}))),
              "NotImplemented Header=" + std::string(name));
  }
  EXPECT_EQ(outcome(check_supported_headers(
                headers({{"x-amz-request-payer", "requester"}, {"x-amz-meta-a", "b"}}))),
            "ok");
}

TEST(ChecksumHeaders, NameAlgorithmAndType) {
  http::HeaderMap out;
  add_checksum_headers({checksum::Algorithm::kCrc32, model::ChecksumType::kFullObject, "AAAAAA=="},
                       out);
  EXPECT_EQ(out.find("x-amz-checksum-crc32"), "AAAAAA==");
  EXPECT_EQ(out.find("x-amz-checksum-type"), "FULL_OBJECT");
}

TEST(EffectiveHeaders, QueryOfAPresignedRequestCountsBehindHeaders) {
  const auto query =
      Query::parse("X-Amz-Signature=s&X-Amz-Date=d&x-amz-meta-a=query&x-amz-meta-b=two&prefix=p");
  ASSERT_TRUE(query.has_value());
  const http::HeaderMap sent = headers({{"x-amz-meta-a", "header"}});
  const auto effective = EffectiveHeaders::of(sent, *query);
  ASSERT_TRUE(effective.has_value());
  const http::HeaderMap& all = **effective;
  EXPECT_EQ(all.find("x-amz-meta-a"), "header");
  EXPECT_EQ(all.find("x-amz-meta-b"), "two");
  EXPECT_EQ(all.size(), 2U);
}

TEST(EffectiveHeaders, QueryOfOtherRequestsDoesNotCount) {
  const auto query = Query::parse("x-amz-meta-b=two");
  ASSERT_TRUE(query.has_value());
  const http::HeaderMap sent;
  const auto effective = EffectiveHeaders::of(sent, *query);
  ASSERT_TRUE(effective.has_value());
  EXPECT_TRUE((**effective).empty());
}

TEST(EffectiveHeaders, LineBreaksFromTheQueryAreRefused) {
  for (const char* raw :
       {"X-Amz-Signature=s&x-amz-meta-a=b%0D%0ASet-Cookie:x", "X-Amz-Signature=s&x-amz-a%0Ab=c"}) {
    const auto query = Query::parse(raw);
    ASSERT_TRUE(query.has_value());
    const http::HeaderMap sent;
    EXPECT_FALSE(EffectiveHeaders::of(sent, *query).has_value()) << raw;
  }
}

TEST(ResponseOverrides, ReplaceHeadersOfSignedRequests) {
  const auto query = Query::parse(
      "response-content-type=text/html&response-cache-control=no-cache&response-expires=e");
  ASSERT_TRUE(query.has_value());
  const auto overrides = parse_response_overrides(*query, false);
  ASSERT_TRUE(overrides.has_value());
  http::HeaderMap out = headers({{"Content-Type", "a/b"}});
  apply_response_overrides(*overrides, out);
  EXPECT_EQ(out.find("Content-Type"), "text/html");
  EXPECT_EQ(out.find("Cache-Control"), "no-cache");
  EXPECT_EQ(out.find("Expires"), "e");
  EXPECT_EQ(out.size(), 3U);
}

TEST(ResponseOverrides, AreRefusedToAnonymousSenders) {
  const auto query = Query::parse("response-content-type=text/html");
  ASSERT_TRUE(query.has_value());
  auto overrides = parse_response_overrides(*query, true);
  ASSERT_FALSE(overrides.has_value());
  EXPECT_EQ(overrides.error().code, S3ErrorCode::InvalidRequest);
  EXPECT_EQ(overrides.error().message,
            "Request specific response headers cannot be used for anonymous GET requests.");
}

TEST(ResponseOverrides, TravelAsLatin1OrNotAtAll) {
  const auto latin = Query::parse("response-content-disposition=%C3%A9");
  ASSERT_TRUE(latin.has_value());
  const auto overrides = parse_response_overrides(*latin, false);
  ASSERT_TRUE(overrides.has_value());
  EXPECT_EQ(overrides->front().value, "\xE9");
  for (const char* raw : {"response-cache-control=%E2%80%94", "response-cache-control=a%0D%0Ab"}) {
    const auto query = Query::parse(raw);
    ASSERT_TRUE(query.has_value());
    auto refused = parse_response_overrides(*query, false);
    ASSERT_FALSE(refused.has_value()) << raw;
    EXPECT_EQ(refused.error().message, "Header value cannot be represented using ISO-8859-1.");
  }
}

}  // namespace
}  // namespace pail::protocol
