#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "operations/object_lock_fixture.h"
#include "operations/policy_fixture.h"

namespace pail::test {
namespace {

const http::Header kBypass{"x-amz-bypass-governance-retention", "true"};
constexpr const char* kTarget = "/locked/key?retention";

class PutObjectRetention : public ::testing::Test {
 protected:
  PutObjectRetention() {
    make_locked_bucket(server_);
    version_ = server_.put("/locked/key", "x").header("x-amz-version-id");
  }

  std::string retain(const std::string& mode, const std::string& until,
                     const Headers& headers = {}) {
    return put_whole(server_, kTarget, retention_document(mode, until), headers).outcome();
  }
  std::string shown() { return server_.get(kTarget).element("RetainUntilDate"); }
  std::string remove(const Headers& headers = {}) {
    return server_.remove("/locked/key?versionId=" + version_, headers).outcome();
  }

  Loopback server_;
  std::string version_;
};

TEST_F(PutObjectRetention, KeepsTheVersionFromBeingDeletedUntilTheDate) {
  ASSERT_EQ(retain("COMPLIANCE", kTomorrow), "200");
  EXPECT_EQ(remove(), "403 AccessDenied");
  EXPECT_EQ(remove({kBypass}), "403 AccessDenied");
  server_.clock().advance(std::chrono::hours(24));
  EXPECT_EQ(remove(), "204");
}

TEST_F(PutObjectRetention, NeitherMarkersNorNewVersionsAreBlocked) {
  ASSERT_EQ(retain("COMPLIANCE", kTomorrow), "200");
  EXPECT_EQ(server_.put("/locked/key", "newer").outcome(), "200");
  EXPECT_EQ(server_.remove("/locked/key").header("x-amz-delete-marker"), "true");
  EXPECT_EQ(server_.get("/locked/key?versionId=" + version_).body, "x");
}

TEST_F(PutObjectRetention, DeleteObjectsIsRefusedVersionByVersion) {
  ASSERT_EQ(retain("GOVERNANCE", kTomorrow), "200");
  const std::string document =
      "<Delete><Object><Key>key</Key><VersionId>" + version_ + "</VersionId></Object></Delete>";
  const Answer refused = server_.post("/locked?delete", document, {content_md5(document)});
  EXPECT_EQ(refused.status, 200);
  EXPECT_EQ(refused.element("Code"), "AccessDenied");
  EXPECT_EQ(refused.element("Message"), "Access Denied because object protected by object lock.");
  const Answer removed = server_.post("/locked?delete", document, {content_md5(document), kBypass});
  EXPECT_EQ(removed.element("Code"), "");
  EXPECT_EQ(server_.get("/locked/key?versionId=" + version_).outcome(), "404 NoSuchVersion");
}

TEST_F(PutObjectRetention, GovernanceIsShortenedOnlyByThoseWhoBypassIt) {
  ASSERT_EQ(retain("GOVERNANCE", kTomorrow), "200");
  EXPECT_EQ(retain("GOVERNANCE", kNextWeek), "200");
  EXPECT_EQ(retain("GOVERNANCE", kTomorrow), "403 AccessDenied");
  EXPECT_EQ(shown(), kNextWeek);
  EXPECT_EQ(retain("GOVERNANCE", kTomorrow, {kBypass}), "200");
  EXPECT_EQ(shown(), kTomorrow);
  EXPECT_EQ(put_whole(server_, kTarget, "<Retention/>").outcome(), "403 AccessDenied");
  EXPECT_EQ(put_whole(server_, kTarget, "<Retention/>", {kBypass}).outcome(), "200");
  EXPECT_EQ(remove(), "204");
}

TEST_F(PutObjectRetention, ComplianceIsOnlyProlonged) {
  ASSERT_EQ(retain("COMPLIANCE", kTomorrow), "200");
  EXPECT_EQ(retain("COMPLIANCE", kNextWeek), "200");
  EXPECT_EQ(retain("COMPLIANCE", kTomorrow, {kBypass}), "403 AccessDenied");
  EXPECT_EQ(retain("GOVERNANCE", "2027-01-01T00:00:00Z", {kBypass}), "403 AccessDenied");
  EXPECT_EQ(shown(), kNextWeek);
}

TEST_F(PutObjectRetention, DatesInThePastAreRefusedAsRecorded) {
  const Answer answer =
      put_whole(server_, kTarget, retention_document("GOVERNANCE", "2020-01-01T00:00:00Z"));
  EXPECT_EQ(answer.outcome(), "400 InvalidArgument");
  EXPECT_EQ(answer.element("Message"), "The retain until date must be in the future!");
  EXPECT_EQ(answer.element("ArgumentName"), "RetainUntilDate");
  EXPECT_EQ(answer.element("ArgumentValue"), "Tue Dec 31 16:00:00 PST 2019");
}

TEST_F(PutObjectRetention, IsForObjectsInLockedBucketsOnly) {
  server_.put("/bucket/key", "x");
  const Answer answer =
      put_whole(server_, "/bucket/key?retention", retention_document("GOVERNANCE", kTomorrow));
  EXPECT_EQ(answer.outcome(), "400 InvalidRequest");
  EXPECT_EQ(answer.element("Message"), "Bucket is missing Object Lock Configuration");
  EXPECT_EQ(
      put_whole(server_, "/locked/nothing?retention", retention_document("GOVERNANCE", kTomorrow))
          .outcome(),
      "404 NoSuchKey");
  EXPECT_EQ(server_.put(kTarget, retention_document("GOVERNANCE", kTomorrow)).outcome(),
            "400 InvalidRequest");
  EXPECT_EQ(put_whole(server_, kTarget, "<Retention><Mode>GOVERNANCE</Mode></Retention>").outcome(),
            "400 MalformedXML");
}

TEST_F(PutObjectRetention, DeleteMarkersHaveNone) {
  server_.remove("/locked/key");
  const Answer answer = put_whole(server_, kTarget, retention_document("GOVERNANCE", kTomorrow));
  EXPECT_EQ(answer.outcome(), "405 MethodNotAllowed");
  EXPECT_EQ(answer.element("ResourceType"), "DeleteMarker");
}

TEST_F(PutObjectRetention, PoliciesSeeTheDocument) {
  const std::vector<std::pair<const char*, const char*>> conditions = {
      {R"({"StringEquals":{"s3:object-lock-mode":"COMPLIANCE"}})", "mode"},
      {R"({"DateGreaterThan":{"s3:object-lock-retain-until-date":"2026-11-30T00:00:00Z"}})",
       "date"},
      {R"({"NumericGreaterThan":{"s3:object-lock-remaining-retention-days":"5"}})", "days"}};
  const auto retain = [](const char* mode, const char* until) {
    const std::string document = retention_document(mode, until);
    return Call{.method = "PUT",
                .target = kTarget,
                .headers = {content_md5(document), kBypass},
                .body = document};
  };
  const auto statement = [](const char* effect, const char* action, const char* condition) {
    return Statement{effect, action, "locked", condition};
  };
  for (const auto& [condition, name] : conditions) {
    // The bypass is asked for with the same facts.
    const auto allow = statement("Allow", "s3:*Retention", condition);
    const auto deny = statement("Deny", "s3:PutObjectRetention", condition);
    EXPECT_EQ(outcome_under(server_, allow, retain("GOVERNANCE", kTomorrow)), "403 AccessDenied")
        << name;
    EXPECT_EQ(outcome_under(server_, deny, retain("GOVERNANCE", kTomorrow)), "200") << name;
    EXPECT_EQ(outcome_under(server_, deny, retain("COMPLIANCE", kNextWeek)), "403 AccessDenied")
        << name;
    EXPECT_EQ(outcome_under(server_, allow, retain("COMPLIANCE", kNextWeek)), "200") << name;
    version_ = server_.put("/locked/key", "again").header("x-amz-version-id");
  }
}

TEST_F(PutObjectRetention, StrangersAreNotToldWhatIsWrongWithTheirDocument) {
  EXPECT_EQ(outcomes_of_strangers(server_, {.method = "PUT",
                                            .target = kTarget,
                                            .headers = {content_md5("<Nonsense/>")},
                                            .body = "<Nonsense/>"}),
            kAllRefused);
  // Nor how the bucket is set up.
  EXPECT_EQ(outcomes_of_strangers(server_, {.method = "PUT", .target = "/bucket/key?retention"}),
            kAllRefused);
}

TEST_F(PutObjectRetention, IsNotForStrangers) {
  const std::string document = retention_document("GOVERNANCE", kTomorrow);
  EXPECT_EQ(outcomes_of_strangers(server_, {.method = "PUT",
                                            .target = kTarget,
                                            .headers = {content_md5(document)},
                                            .body = document}),
            kAllRefused);
}

}  // namespace
}  // namespace pail::test
