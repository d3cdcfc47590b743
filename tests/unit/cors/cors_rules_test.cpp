#include "cors/cors_rules.h"

#include <gtest/gtest.h>

#include "model/document_kind.h"

namespace pail::cors {
namespace {

model::Bucket bucket_with(const std::string& origin, std::uint64_t revision) {
  model::Bucket bucket;
  bucket.id = 7;
  bucket.revision = revision;
  bucket.documents[std::string(model::document_kind::kCors)] =
      render_configuration({{{"", {}, {"GET"}, {origin}, {}, std::nullopt}}});
  return bucket;
}

http::HeaderMap ask(const CorsRules& rules, const model::Bucket& bucket, std::string origin) {
  http::HeaderMap request;
  if (!origin.empty()) request.add("origin", std::move(origin));
  http::HeaderMap response;
  rules.add_response_headers(bucket, request, "GET", response);
  return response;
}

TEST(CorsRules, BucketWithoutConfigurationAddsNothing) {
  const CorsRules rules;
  EXPECT_EQ(rules.of(model::Bucket{}), nullptr);
  EXPECT_TRUE(ask(rules, model::Bucket{}, "http://a").empty());
}

TEST(CorsRules, RequestWithoutOriginGetsNothing) {
  EXPECT_TRUE(ask(CorsRules(), bucket_with("*", 1), "").empty());
}

TEST(CorsRules, AllowedOriginGetsItsHeadersAndAnotherNone) {
  const CorsRules rules;
  EXPECT_EQ(ask(rules, bucket_with("http://a", 1), "http://a").find("Access-Control-Allow-Origin"),
            "http://a");
  EXPECT_TRUE(ask(rules, bucket_with("http://a", 1), "http://b").empty());
}

TEST(CorsRules, ParsesOnceForEachRevision) {
  const CorsRules rules;
  const auto first = rules.of(bucket_with("http://a", 1));
  EXPECT_EQ(rules.of(bucket_with("http://a", 1)), first);
  const auto second = rules.of(bucket_with("http://b", 2));
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->rules[0].allowed_origins[0], "http://b");
  EXPECT_EQ(first->rules[0].allowed_origins[0], "http://a");
}

TEST(CorsRules, DocumentThatIsBrokenAllowsNothing) {
  model::Bucket bucket;
  bucket.documents["cors"] = "<CORSConfigura";
  EXPECT_TRUE(ask(CorsRules(), bucket, "http://a").empty());
}

TEST(CorsRules, ManyBucketsAreServed) {
  const CorsRules rules;
  for (std::int64_t id = 0; id < 3000; ++id) {
    model::Bucket bucket = bucket_with("*", 1);
    bucket.id = id;
    ASSERT_NE(rules.of(bucket), nullptr);
  }
}

}  // namespace
}  // namespace pail::cors
