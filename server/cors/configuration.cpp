#include "cors/configuration.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "error/try.h"
#include "text/decimal.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::cors {
namespace {

constexpr std::size_t kDocumentBytesMost = std::size_t{64} * 1024;
constexpr std::size_t kRulesMost = 100;
constexpr std::size_t kIdBytesMost = 255;
constexpr std::array<std::string_view, 5> kMethods = {"GET", "PUT", "HEAD", "POST", "DELETE"};

Unexpected<S3Error> invalid(std::string message) {
  return fail(S3ErrorCode::InvalidRequest, std::move(message));
}

std::string quoted(std::string_view name, std::string_view value) {
  std::string text(name);
  text += " \"";
  text += value;
  text += '"';
  return text;
}

S3Result<void> check_methods(const Rule& rule) {
  for (const std::string& method : rule.allowed_methods) {
    if (std::ranges::find(kMethods, method) == kMethods.end()) {
      return invalid("Found unsupported HTTP method in CORS config. Unsupported method is " +
                     method);
    }
  }
  return {};
}

S3Result<void> check_wildcards(std::string_view name, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    if (std::ranges::count(pattern, '*') > 1) {
      return invalid(quoted(name, pattern) + " can not have more than one wildcard.");
    }
  }
  return {};
}

/// What the schema cannot say. The messages are AWS's.
S3Result<void> check(const Rule& rule) {
  if (rule.id.size() > kIdBytesMost) {
    return fail(S3ErrorCode::InvalidArgument, "ID length should not exceed allowed limit of 255");
  }
  PAIL_CHECK(check_methods(rule));
  PAIL_CHECK(check_wildcards("AllowedOrigin", rule.allowed_origins));
  PAIL_CHECK(check_wildcards("AllowedHeader", rule.allowed_headers));
  for (const std::string& header : rule.expose_headers) {
    if (header.find('*') != std::string::npos) {
      return invalid(quoted("ExposeHeader", header) +
                     " contains wildcard. We currently do not support wildcard for ExposeHeader.");
    }
  }
  return {};
}

S3Result<std::int32_t> parse_max_age(const std::string& text) {
  const auto number = text::parse_decimal(text);
  if (!number || *number > std::uint64_t{std::numeric_limits<std::int32_t>::max()}) {
    return fail(S3ErrorCode::MalformedXML);
  }
  return static_cast<std::int32_t>(*number);
}

S3Result<void> read_member(const xml::Element& element, Rule& rule) {
  const std::string_view name = element.name();
  std::string text = element.text();
  if (name == "AllowedHeader") {
    rule.allowed_headers.push_back(std::move(text));
  } else if (name == "AllowedMethod") {
    rule.allowed_methods.push_back(std::move(text));
  } else if (name == "AllowedOrigin") {
    rule.allowed_origins.push_back(std::move(text));
  } else if (name == "ExposeHeader") {
    rule.expose_headers.push_back(std::move(text));
  } else if (name == "ID" && rule.id.empty()) {
    rule.id = std::move(text);
  } else if (name == "MaxAgeSeconds" && !rule.max_age_s) {
    PAIL_TRY(rule.max_age_s, parse_max_age(text));
  } else {
    return fail(S3ErrorCode::MalformedXML);
  }
  return {};
}

S3Result<Rule> read_rule(const xml::Element& element) {
  if (element.name() != "CORSRule") return fail(S3ErrorCode::MalformedXML);
  Rule rule;
  for (const xml::Element& child : element.children()) PAIL_CHECK(read_member(child, rule));
  if (rule.allowed_methods.empty() || rule.allowed_origins.empty()) {
    return fail(S3ErrorCode::MalformedXML);
  }
  return rule;
}

void write_all(xml::XmlWriter& writer, std::string_view name,
               const std::vector<std::string>& values) {
  for (const std::string& value : values) writer.element(name, value);
}

}  // namespace

S3Result<Configuration> parse_configuration(std::string_view xml) {
  if (xml.size() > kDocumentBytesMost) return fail(S3ErrorCode::MaxMessageLengthExceeded);
  const auto document = xml::Document::parse(xml);
  if (!document || document->root().name() != "CORSConfiguration") {
    return fail(S3ErrorCode::MalformedXML);
  }
  Configuration configuration;
  for (const xml::Element& child : document->root().children()) {
    PAIL_TRY(Rule rule, read_rule(child));
    configuration.rules.push_back(std::move(rule));
  }
  if (configuration.rules.empty()) return fail(S3ErrorCode::MalformedXML);
  if (configuration.rules.size() > kRulesMost) {
    return invalid("The number of CORS rules should not exceed allowed limit of 100 rules.");
  }
  for (const Rule& rule : configuration.rules) PAIL_CHECK(check(rule));
  return configuration;
}

std::string render_configuration(const Configuration& configuration) {
  std::string text;
  xml::XmlWriter writer(text);
  writer.declaration();
  writer.open_root("CORSConfiguration");
  for (const Rule& rule : configuration.rules) {
    writer.open("CORSRule");
    if (!rule.id.empty()) writer.element("ID", rule.id);
    write_all(writer, "AllowedOrigin", rule.allowed_origins);
    write_all(writer, "AllowedMethod", rule.allowed_methods);
    write_all(writer, "AllowedHeader", rule.allowed_headers);
    if (rule.max_age_s) writer.element("MaxAgeSeconds", *rule.max_age_s);
    write_all(writer, "ExposeHeader", rule.expose_headers);
    writer.close("CORSRule");
  }
  writer.close("CORSConfiguration");
  return text;
}

}  // namespace pail::cors
