#include "lifecycle/storage_class.h"

#include <gtest/gtest.h>

namespace pail::lifecycle {
namespace {

TEST(StorageClass, ObjectsOnlyMoveDown) {
  EXPECT_TRUE(can_transition("STANDARD", "STANDARD_IA"));
  EXPECT_TRUE(can_transition("REDUCED_REDUNDANCY", "GLACIER"));
  EXPECT_TRUE(can_transition("GLACIER", "DEEP_ARCHIVE"));
  EXPECT_FALSE(can_transition("GLACIER", "GLACIER"));
  EXPECT_FALSE(can_transition("GLACIER", "STANDARD_IA"));
  EXPECT_FALSE(can_transition("STANDARD", "STANDARD"));
  EXPECT_FALSE(can_transition("EXPRESS_ONEZONE", "GLACIER"));
}

TEST(StorageClass, OneZoneDoesNotMoveIntoInstantRetrieval) {
  EXPECT_FALSE(can_transition("ONEZONE_IA", "GLACIER_IR"));
  EXPECT_TRUE(can_transition("ONEZONE_IA", "GLACIER"));
}

TEST(StorageClass, TargetsAreAllBelowStandard) {
  EXPECT_TRUE(is_transition_target("INTELLIGENT_TIERING"));
  EXPECT_FALSE(is_transition_target("STANDARD"));
  EXPECT_FALSE(is_transition_target("REDUCED_REDUNDANCY"));
  EXPECT_FALSE(is_transition_target("SLOW"));
}

TEST(StorageClass, AgesAndStaysAreThoseOfAws) {
  EXPECT_EQ(minimum_age_days("STANDARD_IA"), 30);
  EXPECT_EQ(minimum_age_days("GLACIER"), 0);
  EXPECT_EQ(minimum_stay_days("ONEZONE_IA"), 30);
  EXPECT_EQ(minimum_stay_days("GLACIER"), 90);
  EXPECT_EQ(minimum_stay_days("INTELLIGENT_TIERING"), 1);
}

TEST(StorageClass, SmallObjectsStayUnlessTheArchiveTakesThem) {
  using enum MinimumTransitionSize;
  EXPECT_EQ(minimum_size_bytes("GLACIER", kAllClasses128K), 131072U);
  EXPECT_EQ(minimum_size_bytes("GLACIER", kVariesByClass), 0U);
  EXPECT_EQ(minimum_size_bytes("STANDARD_IA", kVariesByClass), 131072U);
}

}  // namespace
}  // namespace pail::lifecycle
