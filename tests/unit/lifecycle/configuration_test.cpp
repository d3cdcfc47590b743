#include "lifecycle/configuration.h"

#include <chrono>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "text/base64.h"
#include "text/bytes.h"
#include "time/date.h"

namespace pail::lifecycle {
namespace {

std::string document(const std::string& rules) {
  return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + rules +
         "</LifecycleConfiguration>";
}

/// "Code: message" of what parsing fails with, "" if it does not.
std::string failure(const std::string& rules) {
  const auto parsed = parse_configuration(document(rules));
  if (parsed) return "";
  return std::string(error_name(parsed.error().code)) + ": " + parsed.error().message;
}

Configuration must_parse(const std::string& rules) {
  auto parsed = parse_configuration(document(rules));
  if (parsed) return std::move(parsed).value();
  ADD_FAILURE() << parsed.error().message;
  return {};
}

const std::string kMalformed =
    "MalformedXML: The XML you provided was not well-formed or did not validate against our "
    "published schema";
const std::string kWhole =
    "<Rule><ID>all</ID><Filter><And><Prefix>a/</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
    "<Tag><Key>l</Key><Value></Value></Tag><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan>"
    "<ObjectSizeLessThan>1000</ObjectSizeLessThan></And></Filter><Status>Enabled</Status>"
    "<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>"
    "<Transition><Days>60</Days><StorageClass>GLACIER</StorageClass></Transition>"
    "<Expiration><Days>365</Days></Expiration>"
    "<NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays>"
    "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
    "<StorageClass>ONEZONE_IA</StorageClass></NoncurrentVersionTransition>"
    "<NoncurrentVersionExpiration><NoncurrentDays>90</NoncurrentDays>"
    "<NewerNoncurrentVersions>3</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>";

TEST(ParseConfiguration, ReadsWhatARuleCanSay) {
  const Configuration configuration = must_parse(kWhole);
  ASSERT_EQ(configuration.rules.size(), 1U);
  const Rule& rule = configuration.rules.front();
  EXPECT_EQ(rule.id, "all");
  EXPECT_TRUE(rule.is_enabled);
  EXPECT_EQ(rule.filter.form, Filter::Form::kAnd);
  EXPECT_EQ(rule.filter.prefix, "a/");
  EXPECT_EQ(rule.filter.tags, (std::vector<model::NamedValue>{{"k", "v"}, {"l", ""}}));
  EXPECT_EQ(rule.filter.size_greater_than_bytes, 0);
  EXPECT_EQ(rule.filter.size_less_than_bytes, 1000);
  EXPECT_EQ(rule.transitions,
            (std::vector<Transition>{{{30, {}}, "STANDARD_IA"}, {{60, {}}, "GLACIER"}}));
  EXPECT_EQ(rule.expiration->when.days, 365);
  EXPECT_EQ(rule.noncurrent_transitions,
            (std::vector<NoncurrentTransition>{{30, 2, "ONEZONE_IA"}}));
  EXPECT_EQ(rule.noncurrent_expiration, (NoncurrentExpiration{90, 3}));
  EXPECT_EQ(rule.abort_upload_after_days, std::nullopt);
}

TEST(ParseConfiguration, ReadsTheOlderFormAndKeepsItsForm) {
  const std::string older =
      "<Rule><ID>rule1</ID><Prefix>test1/</Prefix><Status>Disabled</Status>"
      "<Expiration><Date>2017-09-27T00:00:00.000Z</Date></Expiration>"
      "<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>"
      "</AbortIncompleteMultipartUpload></Rule>";
  const Configuration configuration = must_parse(older);
  EXPECT_FALSE(configuration.rules.front().is_enabled);
  EXPECT_EQ(configuration.rules.front().filter.form, Filter::Form::kRulePrefix);
  EXPECT_EQ(configuration.rules.front().expiration->when.date,
            time::parse_iso8601("2017-09-27T00:00:00Z"));
  EXPECT_EQ(render_configuration(configuration),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document(older));
}

TEST(ParseConfiguration, ReadsAnEmptyFilterAndADeleteMarkerRule) {
  const Configuration configuration = must_parse(
      "<Rule><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>"
      "<Status>Enabled</Status><Filter/></Rule>");
  EXPECT_EQ(configuration.rules.front().filter, Filter{});
  EXPECT_EQ(configuration.rules.front().expiration->expired_delete_marker, true);
}

TEST(ParseConfiguration, WhatIsNotInTheSchemaIsMalformed) {
  const std::string ok = "<Status>Enabled</Status><Expiration><Days>1</Days></Expiration>";
  const std::string filter = "<Filter><Prefix>a</Prefix></Filter>";
  ASSERT_EQ(failure("<Rule>" + filter + ok + "</Rule>"), "");
  for (const std::string& rules : {
           std::string(),
           "<Rule>" + ok + "</Rule>",
           "<Rule>" + filter + ok + "<Color>red</Color></Rule>",
           "<Rule>" + filter + ok + ok + "</Rule>",
           "<Rules>" + filter + ok + "</Rules>",
           "<Rule><Filter><Prefix>a</Prefix><ObjectSizeLessThan>9</ObjectSizeLessThan></Filter>" +
               ok + "</Rule>",
           "<Rule><Filter><And><Prefix>a</Prefix></And></Filter>" + ok + "</Rule>",
           "<Rule><Filter><And/><Prefix>a</Prefix></Filter>" + ok + "</Rule>",
           "<Rule><Filter><Tag><Value>v</Value></Tag></Filter>" + ok + "</Rule>",
           "<Rule>" + filter +
               "<Status>enabled</Status><Expiration><Days>1</Days></Expiration></Rule>",
           "<Rule>" + filter + "<Status>Enabled</Status><Expiration/></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Expiration><Days>1</Days>"
               "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Expiration><Days>x</Days></Expiration></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Expiration><Days>2147483648</Days></Expiration></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Expiration><Date>tomorrow</Date></Expiration></Rule>",
           "<Rule>" + filter + "<Status>Enabled</Status><NoncurrentVersionExpiration/></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><NoncurrentVersionExpiration>"
               "<NewerNoncurrentVersions>1</NewerNoncurrentVersions>"
               "</NoncurrentVersionExpiration></Rule>",
           "<Rule>" + filter + "<Status>Enabled</Status><AbortIncompleteMultipartUpload/></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Transition><Days>1</Days></Transition></Rule>",
           "<Rule>" + filter +
               "<Status>Enabled</Status><Transition><Days>1</Days>"
               "<StorageClass>SLOW</StorageClass></Transition></Rule>",
       }) {
    EXPECT_EQ(failure(rules), kMalformed) << rules;
  }
  EXPECT_FALSE(parse_configuration("<CORSConfiguration/>").has_value());
  EXPECT_FALSE(parse_configuration("not xml").has_value());
}

TEST(ParseConfiguration, ARuleWithPrefixAndFilterIsRefused) {
  EXPECT_EQ(failure("<Rule><Prefix>a</Prefix><Filter/><Status>Enabled</Status>"
                    "<Expiration><Days>1</Days></Expiration></Rule>"),
            "InvalidRequest: Base level prefix cannot be used in Lifecycle V2, prefixes are only "
            "supported in the Filter.");
}

TEST(RenderConfiguration, ReadsBackAsItWas) {
  const Configuration configuration = must_parse(kWhole);
  const auto again = parse_configuration(render_configuration(configuration));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, configuration);
}

TEST(RenderConfiguration, WritesAnEmptyFilterAsAwsDoes) {
  EXPECT_EQ(render_configuration(must_parse(
                "<Rule><ID>r</ID><Status>Enabled</Status><Filter></Filter><Transition>"
                "<Days>0</Days><StorageClass>GLACIER_IR</StorageClass></Transition></Rule>")),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
                document("<Rule><ID>r</ID><Filter/><Status>Enabled</Status><Transition>"
                         "<Days>0</Days><StorageClass>GLACIER_IR</StorageClass></Transition>"
                         "</Rule>"));
}

TEST(NameRules, GivesIdsOfAwsFormToThoseWithout) {
  Configuration configuration;
  configuration.rules.resize(3);
  configuration.rules[1].id = "mine";
  random::SeededRandom random(7);
  name_rules(configuration, random);
  EXPECT_EQ(configuration.rules[1].id, "mine");
  EXPECT_NE(configuration.rules[0].id, configuration.rules[2].id);
  EXPECT_EQ(configuration.rules[0].id.size(), 48U);
  const auto uuid = text::base64_decode(configuration.rules[0].id);
  ASSERT_TRUE(uuid.has_value());
  const std::string letters(text::as_text(*uuid));
  ASSERT_EQ(letters.size(), 36U);
  EXPECT_EQ(letters[14], '4');
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) EXPECT_EQ(letters[dash], '-');
}

TEST(MinimumTransitionSize, HasTwoNames) {
  for (const auto size :
       {MinimumTransitionSize::kAllClasses128K, MinimumTransitionSize::kVariesByClass}) {
    const auto parsed = parse_minimum_transition_size(minimum_transition_size_name(size));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_EQ(*parsed, size);
  }
  const auto wrong = parse_minimum_transition_size("value");
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().message, "Invalid TransitionDefaultMinimumObjectSize found: value");
}

TEST(Stored, KeepsTheMinimumSizeBesideTheDocument) {
  Configuration configuration = must_parse(kWhole);
  configuration.minimum_transition_size = MinimumTransitionSize::kVariesByClass;
  const std::string stored = to_stored(configuration);
  EXPECT_EQ(split_stored(stored).minimum_transition_size, "varies_by_storage_class");
  EXPECT_EQ(split_stored(stored).document, render_configuration(configuration));
  const auto again = from_stored(stored);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, configuration);
  EXPECT_FALSE(from_stored("no such text").has_value());
}

}  // namespace
}  // namespace pail::lifecycle
