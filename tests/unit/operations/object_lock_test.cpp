#include "operations/object_lock.h"

#include <chrono>

#include <gtest/gtest.h>

#include "model/document_kind.h"
#include "time/date.h"

namespace pail::operations {
namespace {

using model::ObjectLock;
using model::Retention;
using model::RetentionMode;

const time::Timestamp kNow = time::parse_iso8601("2026-11-24T16:00:00Z").value();
const time::Timestamp kSoon = kNow + std::chrono::hours(1);
const time::Timestamp kLater = kNow + std::chrono::hours(2);

ObjectLock locked(RetentionMode mode) { return {Retention{mode, kSoon}, std::nullopt}; }

bool may_remove(const ObjectLock& lock, bool bypasses, time::Timestamp now = kNow) {
  return !refuse_removal(lock, now, bypasses);
}

bool may_change(RetentionMode from, std::optional<Retention> to, bool bypasses,
                time::Timestamp now = kNow) {
  return !refuse_retention_change(locked(from), to, now, bypasses);
}

TEST(ObjectLock, GovernanceGivesWayToABypassComplianceToNobody) {
  EXPECT_FALSE(may_remove(locked(RetentionMode::kGovernance), false));
  EXPECT_TRUE(may_remove(locked(RetentionMode::kGovernance), true));
  EXPECT_FALSE(may_remove(locked(RetentionMode::kCompliance), true));
  EXPECT_TRUE(may_remove({}, false));
}

TEST(ObjectLock, RetentionEndsAtItsDate) {
  EXPECT_FALSE(
      may_remove(locked(RetentionMode::kCompliance), false, kSoon - std::chrono::milliseconds(1)));
  EXPECT_TRUE(may_remove(locked(RetentionMode::kCompliance), false, kSoon));
}

TEST(ObjectLock, LegalHoldHasNoDateAndNoBypass) {
  EXPECT_FALSE(may_remove({std::nullopt, true}, true, kLater));
  EXPECT_TRUE(may_remove({std::nullopt, false}, false));
}

TEST(ObjectLock, EverybodyMayProlong) {
  for (const RetentionMode mode : {RetentionMode::kGovernance, RetentionMode::kCompliance}) {
    EXPECT_TRUE(may_change(mode, Retention{mode, kLater}, false));
    EXPECT_TRUE(may_change(mode, Retention{mode, kSoon}, false));
  }
}

TEST(ObjectLock, WeakeningTakesABypassOfGovernance) {
  const Retention shorter{RetentionMode::kGovernance, kSoon - std::chrono::minutes(1)};
  const Retention stricter{RetentionMode::kCompliance, kLater};
  for (const auto& wanted :
       {std::optional(shorter), std::optional(stricter), std::optional<Retention>()}) {
    EXPECT_FALSE(may_change(RetentionMode::kGovernance, wanted, false));
    EXPECT_TRUE(may_change(RetentionMode::kGovernance, wanted, true));
  }
}

TEST(ObjectLock, ComplianceIsNeverWeakened) {
  EXPECT_FALSE(may_change(RetentionMode::kCompliance, std::nullopt, true));
  EXPECT_FALSE(
      may_change(RetentionMode::kCompliance, Retention{RetentionMode::kGovernance, kLater}, true));
  EXPECT_FALSE(
      may_change(RetentionMode::kCompliance, Retention{RetentionMode::kCompliance, kNow}, true));
}

TEST(ObjectLock, WhatHasEndedMayBecomeAnything) {
  EXPECT_TRUE(may_change(RetentionMode::kCompliance, std::nullopt, false, kSoon));
  EXPECT_TRUE(may_change(RetentionMode::kCompliance, Retention{RetentionMode::kGovernance, kLater},
                         false, kSoon));
}

TEST(ObjectLock, DefaultRetentionCountsFromNowAYearAs365Days) {
  const auto mode = RetentionMode::kCompliance;
  EXPECT_EQ(start_retention({mode, 2, 0}, kNow).retain_until, kNow + std::chrono::hours(48));
  EXPECT_EQ(start_retention({mode, 0, 2}, kNow).retain_until, kNow + std::chrono::hours(730 * 24));
}

TEST(ObjectLock, IsOfBucketsThatHaveTheDocument) {
  model::Bucket bucket;
  EXPECT_FALSE(require_object_lock(bucket).has_value());
  bucket.documents.emplace(model::document_kind::kObjectLock, "");
  EXPECT_TRUE(require_object_lock(bucket).has_value());
}

}  // namespace
}  // namespace pail::operations
