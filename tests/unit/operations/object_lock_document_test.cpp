#include "operations/object_lock_document.h"

#include <string>

#include <gtest/gtest.h>

#include "model/document_kind.h"
#include "time/date.h"

namespace pail::operations {
namespace {

using model::RetentionMode;

const time::Timestamp kNow = time::parse_iso8601("2026-11-24T16:00:00Z").value();

std::string configuration(const std::string& inside) {
  return "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>" + inside +
         "</ObjectLockConfiguration>";
}

std::string default_retention(const std::string& inside) {
  return configuration("<Rule><DefaultRetention>" + inside + "</DefaultRetention></Rule>");
}

std::string refusal(const S3Error& error) {
  std::string text = std::string(error_name(error.code));
  for (const auto& field : error.fields) text += " " + field.name + "=" + field.value;
  return text;
}

std::string configuration_refusal(const std::string& document) {
  const auto parsed = parse_object_lock_configuration(document);
  return parsed ? "ok" : refusal(parsed.error());
}

std::string past(const char* date) {
  const auto parsed =
      parse_retention_document(std::string("<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>") +
                                   date + "</RetainUntilDate></Retention>",
                               kNow);
  return parsed ? "ok" : refusal(parsed.error());
}

TEST(ObjectLockConfiguration, IsReadAsItIsWritten) {
  const DefaultRetention days{RetentionMode::kGovernance, 30, 0};
  const DefaultRetention years{RetentionMode::kCompliance, 0, 100};
  for (const auto& retention :
       {std::optional<DefaultRetention>(), std::optional(days), std::optional(years)}) {
    const auto parsed =
        parse_object_lock_configuration(render_object_lock_configuration(retention));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, retention);
  }
}

TEST(ObjectLockConfiguration, OfAnotherShapeIsMalformed) {
  const std::string mode = "<Mode>GOVERNANCE</Mode>";
  for (const std::string& document :
       {std::string(), std::string("<ObjectLockConfiguration/>"), configuration("<Rule/>"),
        std::string("<ObjectLockConfiguration><ObjectLockEnabled>Disabled</ObjectLockEnabled>"
                    "</ObjectLockConfiguration>"),
        configuration("<Rule><DefaultRetention/></Rule>"), default_retention(mode),
        default_retention("<Days>1</Days>"),
        default_retention("<Mode>governance</Mode><Days>1</Days>"),
        default_retention(mode + "<Days>1</Days><Years>1</Years>"),
        default_retention(mode + "<Days>one</Days>")}) {
    EXPECT_EQ(configuration_refusal(document), "MalformedXML") << document;
  }
}

TEST(ObjectLockConfiguration, PeriodsArePositiveAndEndAfterAHundredYears) {
  const auto with = [](const std::string& period) {
    return configuration_refusal(default_retention("<Mode>GOVERNANCE</Mode>" + period));
  };
  EXPECT_EQ(with("<Days>0</Days>"), "InvalidArgument ArgumentName=Days");
  EXPECT_EQ(with("<Years>-1</Years>"), "InvalidArgument ArgumentName=Years");
  EXPECT_EQ(with("<Days>36500</Days>"), "ok");
  EXPECT_EQ(with("<Days>36501</Days>"), "InvalidArgument ArgumentName=Days");
  EXPECT_EQ(with("<Years>101</Years>"), "InvalidArgument ArgumentName=Years");
}

TEST(ObjectLockConfiguration, IsFoundInTheBucket) {
  model::Bucket bucket;
  EXPECT_FALSE(default_retention_of(bucket).has_value());
  bucket.documents.emplace(model::document_kind::kObjectLock, render_object_lock_enabled());
  EXPECT_FALSE(default_retention_of(bucket).has_value());
  const DefaultRetention days{RetentionMode::kGovernance, 30, 0};
  bucket.documents.insert_or_assign(std::string(model::document_kind::kObjectLock),
                                    render_object_lock_configuration(days));
  EXPECT_EQ(default_retention_of(bucket), days);
}

TEST(RetentionDocument, IsReadAsItIsWritten) {
  const model::Retention retention{RetentionMode::kCompliance, kNow + std::chrono::hours(1)};
  const auto parsed = parse_retention_document(render_retention(retention), kNow);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(*parsed, retention);
}

TEST(RetentionDocument, EmptyRemovesTheRetention) {
  const auto parsed = parse_retention_document("<Retention/>", kNow);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_FALSE(parsed->has_value());
}

TEST(RetentionDocument, PastDatesAreRefusedInTheTimeOfLosAngeles) {
  const std::string argument = "InvalidArgument ArgumentName=RetainUntilDate ArgumentValue=";
  EXPECT_EQ(past("2020-01-01T00:00:00Z"), argument + "Tue Dec 31 16:00:00 PST 2019");
  EXPECT_EQ(past("2020-07-01T00:00:00Z"), argument + "Tue Jun 30 17:00:00 PDT 2020");
  EXPECT_EQ(past("2026-03-08T09:59:59Z"), argument + "Sun Mar 08 01:59:59 PST 2026");
  EXPECT_EQ(past("2026-03-08T10:00:00Z"), argument + "Sun Mar 08 03:00:00 PDT 2026");
  EXPECT_EQ(past("2026-11-01T08:59:59Z"), argument + "Sun Nov 01 01:59:59 PDT 2026");
  EXPECT_EQ(past("2026-11-01T09:00:00Z"), argument + "Sun Nov 01 01:00:00 PST 2026");
  EXPECT_EQ(past("0000-01-01T00:00:00Z").substr(0, argument.size()), argument);
}

TEST(RetentionDocument, OfAnotherShapeIsMalformed) {
  for (const char* document :
       {"", "<Other/>", "<Retention><Mode>COMPLIANCE</Mode></Retention>",
        "<Retention><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>",
        "<Retention><Mode>x</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate>"
        "</Retention>",
        "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>soon</RetainUntilDate></Retention>"}) {
    const auto parsed = parse_retention_document(document, kNow);
    ASSERT_FALSE(parsed.has_value()) << document;
    EXPECT_EQ(refusal(parsed.error()), "MalformedXML") << document;
  }
}

TEST(LegalHoldDocument, IsOnOrOff) {
  for (const bool legal_hold : {true, false}) {
    const auto parsed = parse_legal_hold_document(render_legal_hold(legal_hold));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, legal_hold);
  }
  for (const char* document : {"", "<LegalHold/>", "<LegalHold><Status>on</Status></LegalHold>"}) {
    EXPECT_FALSE(parse_legal_hold_document(document).has_value()) << document;
  }
}

}  // namespace
}  // namespace pail::operations
