#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/calls.h"

namespace pail::operations {
namespace {

using test::Answer;
using test::content_md5;
using test::elements;
using test::Headers;
using test::Loopback;
using test::send;
using test::send_anonymously;

constexpr const char* kMinimumSize = "x-amz-transition-default-minimum-object-size";

std::string document(const std::string& rules) {
  return "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
}

std::string expiring(const std::string& id, int days, const std::string& filter = "") {
  return "<Rule>" + (id.empty() ? "" : "<ID>" + id + "</ID>") + "<Filter>" + filter +
         "</Filter><Status>Enabled</Status><Expiration><Days>" + std::to_string(days) +
         "</Days></Expiration></Rule>";
}

class PutBucketLifecycleConfiguration : public ::testing::Test {
 protected:
  Answer put(const std::string& rules, Headers headers = {}) {
    const std::string body = document(rules);
    headers.push_back(content_md5(body));
    return send(server_, "PUT", "/bucket?lifecycle", headers, body);
  }

  Loopback server_;
};

TEST_F(PutBucketLifecycleConfiguration, IsAnsweredWithTheMinimumSizeAndNoBody) {
  const Answer answer = put(expiring("r", 1));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header(kMinimumSize), "all_storage_classes_128K");
}

TEST_F(PutBucketLifecycleConfiguration, KeepsTheMinimumSizeThatIsAskedFor) {
  const Answer answer = put(expiring("r", 1), {{kMinimumSize, "varies_by_storage_class"}});
  EXPECT_EQ(answer.header(kMinimumSize), "varies_by_storage_class");
  EXPECT_EQ(send(server_, "GET", "/bucket?lifecycle").header(kMinimumSize),
            "varies_by_storage_class");
  const Answer wrong = put(expiring("r", 1), {{kMinimumSize, "value"}});
  EXPECT_EQ(wrong.outcome(), "400 InvalidRequest");
  EXPECT_EQ(wrong.element("Message"), "Invalid TransitionDefaultMinimumObjectSize found: value");
}

TEST_F(PutBucketLifecycleConfiguration, ReplacesWhatWasThere) {
  ASSERT_EQ(put(expiring("one", 1)).status, 200);
  ASSERT_EQ(put(expiring("two", 2)).status, 200);
  EXPECT_EQ(elements(send(server_, "GET", "/bucket?lifecycle"), "ID"),
            (std::vector<std::string>{"two"}));
}

TEST_F(PutBucketLifecycleConfiguration, GivesIdsToRulesWithout) {
  ASSERT_EQ(put(expiring("", 1) + expiring("", 2)).status, 200);
  const auto ids = elements(send(server_, "GET", "/bucket?lifecycle"), "ID");
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_EQ(ids[0].size(), 48U);
  EXPECT_NE(ids[0], ids[1]);
}

TEST_F(PutBucketLifecycleConfiguration, ADigestOfTheBodyIsRequired) {
  const Answer answer = send(server_, "PUT", "/bucket?lifecycle", {}, document(expiring("r", 1)));
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"),
            "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

TEST_F(PutBucketLifecycleConfiguration, ADateThatIsNotMidnightIsRefusedAndNothingChanges) {
  const Answer answer =
      put("<Rule><ID>r</ID><Filter/><Status>Enabled</Status><Expiration>"
          "<Date>2030-01-01T12:00:00Z</Date></Expiration></Rule>");
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"), "'Date' must be at midnight GMT");
  EXPECT_EQ(answer.element("ArgumentName"), "Date");
  EXPECT_EQ(send(server_, "GET", "/bucket?lifecycle").status, 404);
}

TEST_F(PutBucketLifecycleConfiguration, DuplicateTagKeysAreRefused) {
  const std::string tag = "<Tag><Key>k</Key><Value>v</Value></Tag>";
  const Answer answer = put(expiring("r", 1, "<And>" + tag + tag + "</And>"));
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"), "Duplicate Tag Keys are not allowed.");
}

TEST_F(PutBucketLifecycleConfiguration, TooLongAnIdIsInvalidArgument) {
  EXPECT_EQ(put(expiring(std::string(256, 'a'), 1)).outcome(), "400 InvalidArgument");
}

TEST_F(PutBucketLifecycleConfiguration, WithoutRulesIsMalformedXml) {
  EXPECT_EQ(put("").outcome(), "400 MalformedXML");
}

TEST_F(PutBucketLifecycleConfiguration, IsForTheOwner) {
  EXPECT_EQ(send_anonymously(server_, "PUT", "/bucket?lifecycle", {}, document(expiring("r", 1)))
                .outcome(),
            "403 AccessDenied");
}

TEST_F(PutBucketLifecycleConfiguration, ObjectsSayWhenTheyExpire) {
  ASSERT_EQ(put(expiring("after a day", 1, "<Prefix>logs/</Prefix>")).status, 200);
  // It is 2026-11-24T16:00:00Z.
  const std::string expected =
      "expiry-date=\"Thu, 26 Nov 2026 00:00:00 GMT\", rule-id=\"after a day\"";
  EXPECT_EQ(server_.put("/bucket/logs/a", "x").header("x-amz-expiration"), expected);
  EXPECT_EQ(server_.get("/bucket/logs/a").header("x-amz-expiration"), expected);
  EXPECT_EQ(server_.head("/bucket/logs/a").header("x-amz-expiration"), expected);
  EXPECT_EQ(server_.put("/bucket/logs/b", "", {{"x-amz-copy-source", "/bucket/logs/a"}})
                .header("x-amz-expiration"),
            expected);
  EXPECT_EQ(server_.put("/bucket/a", "x").header("x-amz-expiration"), "");
  EXPECT_EQ(server_.put("/other/logs/a", "x").header("x-amz-expiration"), "");
}

TEST_F(PutBucketLifecycleConfiguration, TagsOfTheObjectDecideWhetherItExpires) {
  ASSERT_EQ(put(expiring("r", 1, "<Tag><Key>k</Key><Value>v</Value></Tag>")).status, 200);
  EXPECT_NE(server_.put("/bucket/a", "x", {{"x-amz-tagging", "k=v"}}).header("x-amz-expiration"),
            "");
  EXPECT_EQ(server_.put("/bucket/b", "x", {{"x-amz-tagging", "k=w"}}).header("x-amz-expiration"),
            "");
}

TEST_F(PutBucketLifecycleConfiguration, UploadsSayWhenTheyAreAborted) {
  ASSERT_EQ(put("<Rule><ID>stale</ID><Filter/><Status>Enabled</Status><Expiration><Days>9</Days>"
                "</Expiration><AbortIncompleteMultipartUpload><DaysAfterInitiation>2"
                "</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>")
                .status,
            200);
  const Answer created = server_.post("/bucket/a?uploads", "");
  EXPECT_EQ(created.header("x-amz-abort-date"), "Fri, 27 Nov 2026 00:00:00 GMT");
  EXPECT_EQ(created.header("x-amz-abort-rule-id"), "stale");
  const std::string target = "/bucket/a?uploadId=" + created.element("UploadId");
  const Answer parts = server_.get(target);
  EXPECT_EQ(parts.header("x-amz-abort-date"), "Fri, 27 Nov 2026 00:00:00 GMT");
  EXPECT_EQ(parts.header("x-amz-abort-rule-id"), "stale");
  const std::string etag =
      server_.put("/bucket/a?partNumber=1&uploadId=" + created.element("UploadId"), "x")
          .header("ETag");
  const Answer completed =
      server_.post(target, "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" +
                               etag + "</ETag></Part></CompleteMultipartUpload>");
  EXPECT_EQ(completed.header("x-amz-expiration"),
            "expiry-date=\"Fri, 04 Dec 2026 00:00:00 GMT\", rule-id=\"stale\"");
}

}  // namespace
}  // namespace pail::operations
