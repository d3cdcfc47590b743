#include "cors/configuration.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::cors {
namespace {

std::string rule(const std::string& members) { return "<CORSRule>" + members + "</CORSRule>"; }
std::string document(const std::string& rules) {
  return "<CORSConfiguration>" + rules + "</CORSConfiguration>";
}
const std::string kLeast = "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";

std::string code_of(const S3Result<Configuration>& parsed) {
  return parsed ? "" : std::string(error_name(parsed.error().code));
}
std::string message_of(const S3Result<Configuration>& parsed) {
  return parsed ? "" : parsed.error().message;
}

TEST(CorsConfiguration, EveryMemberIsRead) {
  const auto parsed = parse_configuration(
      "<?xml version=\"1.0\"?>"
      "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CORSRule>"
      "<ID>one</ID><AllowedHeader>x-amz-*</AllowedHeader><AllowedHeader>Range</AllowedHeader>"
      "<AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
      "<AllowedOrigin>https://*.test</AllowedOrigin><ExposeHeader>ETag</ExposeHeader>"
      "<MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule></CORSConfiguration>");
  ASSERT_TRUE(parsed);
  ASSERT_EQ(parsed->rules.size(), 1U);
  const Rule expected{"one", {"x-amz-*", "Range"}, {"GET", "PUT"}, {"https://*.test"}, {"ETag"},
                      3000};
  EXPECT_EQ(parsed->rules[0], expected);
}

TEST(CorsConfiguration, RenderedDocumentIsReadBackAsTheSame) {
  Configuration configuration;
  configuration.rules.push_back(
      {"a & b", {"*"}, {"GET", "HEAD"}, {"http://a.test", ""}, {"x-amz-request-id"}, 0});
  configuration.rules.push_back({"", {}, {"DELETE"}, {"*"}, {}, std::nullopt});
  const auto parsed = parse_configuration(render_configuration(configuration));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, configuration);
}

TEST(CorsConfiguration, RendersWithNamespaceAndWithoutWhatIsAbsent) {
  EXPECT_EQ(render_configuration({{{"", {}, {"GET"}, {"*"}, {}, std::nullopt}}}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><CORSRule>"
            "<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
            "</CORSRule></CORSConfiguration>");
}

TEST(CorsConfiguration, EmptyOriginIsAccepted) {
  EXPECT_TRUE(parse_configuration(
      document(rule("<AllowedOrigin></AllowedOrigin><AllowedMethod>GET</AllowedMethod>"))));
}

TEST(CorsConfiguration, WhatIsNotTheSchemaIsMalformedXml) {
  for (const std::string& text :
       {std::string(), std::string("nonsense"), document(""), std::string("<Other/>"),
        document("<Rule/>"), document(rule("")),
        document(rule("<AllowedMethod>GET</AllowedMethod>")),
        document(rule("<AllowedOrigin>*</AllowedOrigin>")), document(rule(kLeast + "<Foo>1</Foo>")),
        document(rule(kLeast + "<MaxAgeSeconds>soon</MaxAgeSeconds>")),
        document(rule(kLeast + "<MaxAgeSeconds>-1</MaxAgeSeconds>")),
        document(rule(kLeast + "<MaxAgeSeconds>2147483648</MaxAgeSeconds>")),
        document(rule(kLeast + "<MaxAgeSeconds>1</MaxAgeSeconds><MaxAgeSeconds>2</MaxAgeSeconds>")),
        document(rule(kLeast + "<ID>a</ID><ID>b</ID>"))}) {
    EXPECT_EQ(code_of(parse_configuration(text)), "MalformedXML") << text;
  }
}

TEST(CorsConfiguration, UnknownMethodIsNamed) {
  for (const std::string& method :
       std::initializer_list<std::string>{"MYMETHOD", "get", "OPTIONS", "PATCH", ""}) {
    const auto parsed = parse_configuration(
        document(rule(kLeast + "<AllowedMethod>" + method + "</AllowedMethod>")));
    EXPECT_EQ(code_of(parsed), "InvalidRequest");
    EXPECT_EQ(message_of(parsed),
              "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
  }
}

TEST(CorsConfiguration, TwoWildcardsAreRefused) {
  EXPECT_EQ(message_of(parse_configuration(
                document(rule(kLeast + "<AllowedOrigin>http://*.*</AllowedOrigin>")))),
            "AllowedOrigin \"http://*.*\" can not have more than one wildcard.");
  EXPECT_EQ(message_of(
                parse_configuration(document(rule(kLeast + "<AllowedHeader>*-*</AllowedHeader>")))),
            "AllowedHeader \"*-*\" can not have more than one wildcard.");
  EXPECT_EQ(
      code_of(parse_configuration(document(rule(kLeast + "<ExposeHeader>x-*</ExposeHeader>")))),
      "InvalidRequest");
}

TEST(CorsConfiguration, AHundredRulesAreTheLimit) {
  std::string rules;
  for (int i = 0; i < 100; ++i) rules += rule(kLeast);
  EXPECT_TRUE(parse_configuration(document(rules)));
  EXPECT_EQ(code_of(parse_configuration(document(rules + rule(kLeast)))), "InvalidRequest");
}

TEST(CorsConfiguration, LengthsAreBounded) {
  const std::string id(256, 'i');
  EXPECT_EQ(code_of(parse_configuration(document(rule(kLeast + "<ID>" + id + "</ID>")))),
            "InvalidArgument");
  EXPECT_EQ(code_of(parse_configuration(std::string(64 * 1024 + 1, ' '))),
            "MaxMessageLengthExceeded");
}

}  // namespace
}  // namespace pail::cors
