#include "lifecycle/bucket_pass.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/lifecycle/pass_fixture.h"

namespace pail::lifecycle {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BucketPassTest : public ::testing::Test, protected PassFixture {
 protected:
  Report run(std::vector<Rule> rules) {
    set_rules(rules);
    Report report;
    PassContext context{*store, clock, random};
    context.day = kSecondDay;
    context.batch = batch_;
    Configuration configuration;
    configuration.rules = std::move(rules);
    const auto done =
        BucketPass(context, bucket(), std::make_shared<const Configuration>(configuration), report)
            .run();
    EXPECT_TRUE(done && *done);
    return report;
  }

  std::size_t batch_ = 1000;
};

Rule noncurrent_rule(std::int32_t days, std::optional<std::int32_t> newer) {
  Rule rule = enabled_rule();
  rule.noncurrent_expiration = NoncurrentExpiration{days, newer};
  return rule;
}

TEST_F(BucketPassTest, WithoutVersionsAnExpiredObjectIsGone) {
  put("old");
  clock.set(second(5));
  put("young");
  const Report report = run({expiring_rule(5)});
  EXPECT_EQ(report, (Report{.looked_at = 2, .expired = 1}));
  EXPECT_THAT(versions(), ElementsAre("young null"));
}

TEST_F(BucketPassTest, WithVersionsAnExpiredObjectGetsADeleteMarker) {
  set_versioning("Enabled");
  put("a", "v1");
  clock.set(second(5));
  EXPECT_EQ(run({expiring_rule(5)}).expired, 1U);
  const auto left = versions();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].substr(0, 3), "a! ");
  EXPECT_GT(left[0].size(), 3U + 8U);
  EXPECT_EQ(left[1], "a v1");
  EXPECT_EQ(run({expiring_rule(5)}).expired, 0U) << "a delete marker does not expire again";
}

TEST_F(BucketPassTest, WithSuspendedVersionsTheMarkerTakesThePlaceOfTheNullVersion) {
  put("a");
  put("b", "v1");
  set_versioning("Suspended");
  clock.set(second(5));
  EXPECT_EQ(run({expiring_rule(5)}).expired, 2U);
  EXPECT_THAT(versions(), ElementsAre("a! null", "b! null", "b v1"));
}

TEST_F(BucketPassTest, OnlyKeysWithThePrefixAreLookedAt) {
  for (const char* key : {"a", "logs/1", "logs/2", "tmp/1", "z"}) put(key);
  clock.set(second(5));
  Rule logs = expiring_rule(1);
  logs.filter.prefix = "logs/";
  Rule inner = expiring_rule(1);
  inner.filter.prefix = "logs/2";
  Rule temporary = expiring_rule(9);
  temporary.filter.prefix = "tmp/";
  EXPECT_EQ(run({temporary, inner, logs}), (Report{.looked_at = 3, .expired = 2}));
  EXPECT_THAT(versions(), ElementsAre("a null", "tmp/1 null", "z null"));
}

TEST_F(BucketPassTest, TagsDecide) {
  model::ObjectVersion tagged = version("tagged");
  tagged.attributes.tags = {{"keep", "no"}};
  put(tagged);
  put("plain");
  clock.set(second(5));
  Rule rule = expiring_rule(1);
  rule.filter.tags = {{"keep", "no"}};
  EXPECT_EQ(run({rule}), (Report{.looked_at = 2, .expired = 1}));
  EXPECT_THAT(versions(), ElementsAre("plain null"));
}

TEST_F(BucketPassTest, TheNewestNoncurrentVersionsStay) {
  set_versioning("Enabled");
  for (const char* id : {"v1", "v2", "v3", "v4", "v5"}) put("a", id);
  clock.set(second(5));
  EXPECT_EQ(run({noncurrent_rule(1, 2)}).noncurrent_removed, 2U);
  EXPECT_THAT(versions(), ElementsAre("a v5", "a v4", "a v3"));
}

TEST_F(BucketPassTest, ABatchMayEndAnywhere) {
  set_versioning("Enabled");
  for (const std::size_t batch : {1U, 2U, 3U, 4U}) {
    batch_ = batch;
    const std::string key = "key" + std::to_string(batch);
    for (const char* id : {"v1", "v2", "v3", "v4", "v5", "v6"}) put(key, id);
    clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(run({noncurrent_rule(1, 2)}).noncurrent_removed, 3U) << batch;
  }
  EXPECT_EQ(versions().size(), 4U * 3U);
}

TEST_F(BucketPassTest, ADeleteMarkerThatIsAloneIsRemoved) {
  set_versioning("Enabled");
  put_marker("alone", "m1");
  put("b", "v1");
  put_marker("b", "m2");
  put_marker("last", "m3");
  Rule rule = enabled_rule();
  rule.expiration = Expiration{{}, true};
  for (const std::size_t batch : {1U, 1000U}) {
    batch_ = batch;
    EXPECT_EQ(run({rule}).markers_removed, batch == 1U ? 2U : 0U);
  }
  EXPECT_THAT(versions(), ElementsAre("b! m2", "b v1"));
}

TEST_F(BucketPassTest, WhatIsLockedIsNotRemoved) {
  set_versioning("Enabled");
  model::ObjectVersion held = version("held", "v1");
  held.attributes.lock.legal_hold = true;
  model::ObjectVersion governed = version("governed", "v1");
  governed.attributes.lock.retention =
      model::Retention{model::RetentionMode::kGovernance, second(100)};
  model::ObjectVersion over = version("over", "v1");
  over.attributes.lock.retention = model::Retention{model::RetentionMode::kCompliance, second(5)};
  over.attributes.lock.legal_hold = false;
  for (const auto& locked : {held, governed, over}) {
    put(locked);
    put(locked.key, "v2");
  }
  clock.set(second(5));
  const Report report = run({noncurrent_rule(1, {})});
  EXPECT_EQ(report.noncurrent_removed, 1U);
  EXPECT_EQ(report.refused, 2U);
  EXPECT_THAT(versions(),
              ElementsAre("governed v2", "governed v1", "held v2", "held v1", "over v2"));
}

TEST_F(BucketPassTest, ALockedObjectGetsItsDeleteMarker) {
  set_versioning("Enabled");
  model::ObjectVersion held = version("held", "v1");
  held.attributes.lock.legal_hold = true;
  put(held);
  clock.set(second(5));
  EXPECT_EQ(run({expiring_rule(1)}).expired, 1U);
  EXPECT_EQ(versions().size(), 2U);
}

TEST_F(BucketPassTest, AnObjectChangesItsStorageClass) {
  model::ObjectVersion large = version("large");
  large.size_bytes = 200'000;
  put(large);
  put("small");
  clock.set(second(40));
  Rule rule = enabled_rule();
  rule.transitions = {{{30, {}}, "STANDARD_IA"}};
  EXPECT_EQ(run({rule}), (Report{.looked_at = 2, .transitioned = 1}));
  EXPECT_EQ(storage_class("large"), "STANDARD_IA");
  EXPECT_EQ(storage_class("small"), "STANDARD");
  EXPECT_EQ(run({rule}).transitioned, 0U);
}

TEST_F(BucketPassTest, OldUploadsAreAborted) {
  for (const char* id : {"u1", "u2", "u3"}) start_upload("a", id);
  start_upload("b", "u4");
  clock.set(second(3));
  start_upload("a", "young");
  Rule rule = enabled_rule();
  rule.abort_upload_after_days = 3;
  batch_ = 2;
  EXPECT_EQ(run({rule}), (Report{.uploads_aborted = 4}));
  EXPECT_THAT(uploads(), ElementsAre("young"));
}

TEST_F(BucketPassTest, APassEndsWhenItIsToldTo) {
  for (const char* key : {"a", "b", "c"}) put(key);
  clock.set(second(5));
  Configuration configuration;
  configuration.rules = {expiring_rule(1)};
  Report report;
  PassContext context{*store, clock, random};
  context.day = kSecondDay;
  context.batch = 2;
  context.go_on = [] { return false; };
  const auto done =
      BucketPass(context, bucket(), std::make_shared<const Configuration>(configuration), report)
          .run();
  ASSERT_TRUE(done.has_value());
  EXPECT_FALSE(*done);
  EXPECT_THAT(versions(), ElementsAre("c null"));
}

TEST_F(BucketPassTest, WhatIsWrittenAnewMeanwhileIsNotRemoved) {
  put("a");
  clock.set(second(5));
  // The clock is asked for each version, after it was read and before it is removed.
  class OverwritingClock final : public time::Clock {
   public:
    explicit OverwritingClock(PassFixture& fixture) : fixture_(fixture) {}
    time::Timestamp now() const override {
      fixture_.put("a");
      return fixture_.clock.now();
    }

   private:
    PassFixture& fixture_;
  };
  const OverwritingClock overwriting(*this);
  Configuration configuration;
  configuration.rules = {expiring_rule(5)};
  Report report;
  PassContext context{*store, overwriting, random};
  context.day = kSecondDay;
  const auto done =
      BucketPass(context, bucket(), std::make_shared<const Configuration>(configuration), report)
          .run();
  EXPECT_TRUE(done && *done);
  EXPECT_EQ(report, (Report{.looked_at = 1, .refused = 1}));
  EXPECT_THAT(versions(), ElementsAre("a null"));
}

}  // namespace
}  // namespace pail::lifecycle
