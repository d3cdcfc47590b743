#include "lifecycle/bucket_rules.h"

#include <gtest/gtest.h>

#include "model/document_kind.h"
#include "time/date.h"

namespace pail::lifecycle {
namespace {

model::Bucket bucket_with(const std::string& id, std::int32_t days, std::uint64_t revision) {
  Configuration configuration;
  configuration.rules.resize(1);
  configuration.rules[0].id = id;
  configuration.rules[0].is_enabled = true;
  configuration.rules[0].expiration = Expiration{{days, {}}, {}};
  configuration.rules[0].abort_upload_after_days = days;
  model::Bucket bucket;
  bucket.id = 1;
  bucket.revision = revision;
  bucket.documents.emplace(model::document_kind::kLifecycle, to_stored(configuration));
  return bucket;
}

model::ObjectVersion object() {
  model::ObjectVersion object;
  object.key = "a";
  object.last_modified = *time::parse_iso8601("2012-12-20T10:00:00Z");
  return object;
}

TEST(BucketRules, ABucketWithoutRulesHasNone) {
  const BucketRules rules;
  model::Bucket bucket;
  EXPECT_EQ(rules.of(bucket), nullptr);
  EXPECT_EQ(rules.expiration_of(bucket, object()), "");
}

TEST(BucketRules, ParsesAgainWhenTheBucketHasChanged) {
  const BucketRules rules;
  const auto first = rules.of(bucket_with("a", 1, 1));
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(rules.of(bucket_with("a", 1, 1)), first);
  EXPECT_EQ(rules.of(bucket_with("b", 1, 2))->rules[0].id, "b");
}

TEST(BucketRules, AnnouncesTheExpiration) {
  const BucketRules rules;
  EXPECT_EQ(rules.expiration_of(bucket_with("Delete after 2 days", 2, 1), object()),
            "expiry-date=\"Sun, 23 Dec 2012 00:00:00 GMT\", rule-id=\"Delete after 2 days\"");
}

TEST(BucketRules, AnIdThatNoHeaderCanCarryIsEncoded) {
  const BucketRules rules;
  EXPECT_EQ(rules.expiration_of(bucket_with("\"\n\xC3\xBC", 2, 1), object()),
            "expiry-date=\"Sun, 23 Dec 2012 00:00:00 GMT\", rule-id=\"%22%0A%C3%BC\"");
}

TEST(BucketRules, AnnouncesTheAbortOfAnUpload) {
  const BucketRules rules;
  model::MultipartUpload upload;
  upload.key = "a";
  upload.initiated = object().last_modified;
  http::HeaderMap headers;
  rules.add_abort_headers(bucket_with("stale", 2, 1), upload, headers);
  EXPECT_EQ(headers.find("x-amz-abort-date"), "Sun, 23 Dec 2012 00:00:00 GMT");
  EXPECT_EQ(headers.find("x-amz-abort-rule-id"), "stale");
}

TEST(AddExpirationHeader, AddsOnlyWhatThereIs) {
  http::HeaderMap headers;
  add_expiration_header("", headers);
  EXPECT_TRUE(headers.empty());
  add_expiration_header("x", headers);
  EXPECT_EQ(headers.find("x-amz-expiration"), "x");
}

}  // namespace
}  // namespace pail::lifecycle
