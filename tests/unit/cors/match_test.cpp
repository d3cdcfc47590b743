#include "cors/match.h"

#include <gtest/gtest.h>

namespace pail::cors {
namespace {

Configuration one_rule() {
  return {
      {{"", {"x-amz-*", "Content-Type"}, {"GET", "PUT"}, {"https://localhost:4200"}, {}, 3000}}};
}

http::HeaderMap browser(std::string origin, std::string method = "", std::string headers = "") {
  http::HeaderMap map;
  map.add("Origin", std::move(origin));
  if (!method.empty()) map.add("Access-Control-Request-Method", std::move(method));
  if (!headers.empty()) map.add("Access-Control-Request-Headers", std::move(headers));
  return map;
}

bool allows(const Configuration& configuration, const http::HeaderMap& headers,
            std::string_view method = "GET") {
  return find_match(configuration, read_request(headers, method)).rule != nullptr;
}

TEST(CorsMatch, OriginPatternHasOneWildcard) {
  EXPECT_TRUE(matches_origin("*", "http://any.test"));
  EXPECT_TRUE(matches_origin("http://*.origin.com", "http://test.origin.com"));
  EXPECT_TRUE(matches_origin("http://localhost:*", "http://localhost:3000"));
  EXPECT_TRUE(matches_origin("a*", "a"));
  EXPECT_FALSE(matches_origin("http://*.origin.com", "http://origin.com"));
  EXPECT_FALSE(matches_origin("aba*aba", "aba"));
  EXPECT_FALSE(matches_origin("", "http://a.test"));
}

TEST(CorsMatch, OriginsAreComparedExactly) {
  EXPECT_TRUE(allows(one_rule(), browser("https://localhost:4200")));
  EXPECT_FALSE(allows(one_rule(), browser("http://localhost:4200")));
  EXPECT_FALSE(allows(one_rule(), browser("https://localhost:4201")));
  EXPECT_FALSE(allows(one_rule(), browser("https://localhost")));
  EXPECT_FALSE(allows(one_rule(), browser("HTTPS://localhost:4200")));
  EXPECT_FALSE(allows(one_rule(), browser("https://localhost:4200/")));
}

TEST(CorsMatch, HeaderPatternIgnoresCase) {
  EXPECT_TRUE(matches_header("x-AMZ-*", "x-amz-meta-a"));
  EXPECT_TRUE(matches_header("X-Amz-Date", "x-amz-date"));
  EXPECT_TRUE(matches_header("*", "anything"));
  EXPECT_TRUE(matches_header("x-*-ID", "x-amz-id"));
  EXPECT_FALSE(matches_header("x-amz-*", "x-am"));
  EXPECT_FALSE(matches_header("ab*ba", "aba"));
}

TEST(CorsMatch, MethodMustBeAllowed) {
  const auto headers = browser("https://localhost:4200");
  EXPECT_TRUE(allows(one_rule(), headers, "PUT"));
  EXPECT_FALSE(allows(one_rule(), headers, "DELETE"));
  EXPECT_FALSE(allows(one_rule(), headers, "HEAD"));
}

TEST(CorsMatch, RequestedMethodCountsMoreThanTheRequests) {
  EXPECT_FALSE(allows(one_rule(), browser("https://localhost:4200", "DELETE"), "GET"));
  EXPECT_TRUE(allows(one_rule(), browser("https://localhost:4200", "GET"), "DELETE"));
}

TEST(CorsMatch, EveryRequestedHeaderMustBeAllowed) {
  const std::string origin = "https://localhost:4200";
  EXPECT_TRUE(allows(one_rule(), browser(origin, "PUT", "content-type, X-Amz-Date")));
  EXPECT_TRUE(allows(one_rule(), browser(origin, "PUT", " ,content-type,, ")));
  EXPECT_FALSE(allows(one_rule(), browser(origin, "PUT", "content-type,authorization")));
}

TEST(CorsMatch, RuleWithoutHeadersAllowsNoneToBeRequested) {
  const Configuration configuration{{{"", {}, {"GET"}, {"*"}, {}, std::nullopt}}};
  EXPECT_TRUE(allows(configuration, browser("a", "GET")));
  EXPECT_FALSE(allows(configuration, browser("a", "GET", "x-amz-request-payer")));
}

TEST(CorsMatch, UnreasonablyManyHeadersAreRefused) {
  const Configuration configuration{{{"", {"*"}, {"GET"}, {"*"}, {}, std::nullopt}}};
  std::string many;
  for (int i = 0; i < 257; ++i) many += "a,";
  EXPECT_FALSE(allows(configuration, browser("a", "GET", many)));
}

TEST(CorsMatch, FirstRuleThatAllowsWins) {
  const Configuration configuration{{{"no", {}, {"PUT"}, {"*"}, {}, std::nullopt},
                                     {"first", {}, {"GET"}, {"http://a.*"}, {}, std::nullopt},
                                     {"second", {}, {"GET"}, {"*"}, {}, std::nullopt}}};
  const auto headers = browser("http://a.test", "GET");
  const Match match = find_match(configuration, read_request(headers, "GET"));
  ASSERT_NE(match.rule, nullptr);
  EXPECT_EQ(match.rule->id, "first");
  EXPECT_EQ(match.origin_pattern, "http://a.*");
}

http::HeaderMap answer(const Configuration& configuration, const http::HeaderMap& headers) {
  http::HeaderMap response;
  const CorsRequest request = read_request(headers, "GET");
  const Match match = find_match(configuration, request);
  if (match.rule) add_allow_headers(match, request, response);
  return response;
}

TEST(CorsHeaders, NamedOriginIsEchoedWithCredentials) {
  const auto response =
      answer(one_rule(), browser("https://localhost:4200", "PUT", "X-Amz-Date, content-type"));
  EXPECT_EQ(response.find("Access-Control-Allow-Origin"), "https://localhost:4200");
  EXPECT_EQ(response.find("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(response.find("Access-Control-Allow-Methods"), "GET, PUT");
  EXPECT_EQ(response.find("Access-Control-Allow-Headers"), "x-amz-date, content-type");
  EXPECT_EQ(response.find("Access-Control-Max-Age"), "3000");
  EXPECT_EQ(response.find("Vary"),
            "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  EXPECT_FALSE(response.contains("Access-Control-Expose-Headers"));
}

TEST(CorsHeaders, AnyOriginIsAStarWithoutCredentials) {
  const Configuration configuration{
      {{"", {}, {"GET"}, {"*"}, {"x-amz-id-2", "ETag"}, std::nullopt}}};
  const auto response = answer(configuration, browser("http://random:1234"));
  EXPECT_EQ(response.find("Access-Control-Allow-Origin"), "*");
  EXPECT_FALSE(response.contains("Access-Control-Allow-Credentials"));
  EXPECT_FALSE(response.contains("Access-Control-Allow-Headers"));
  EXPECT_FALSE(response.contains("Access-Control-Max-Age"));
  EXPECT_EQ(response.find("Access-Control-Expose-Headers"), "x-amz-id-2, ETag");
}

}  // namespace
}  // namespace pail::cors
