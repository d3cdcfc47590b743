#include "fault/rule.h"

#include <gtest/gtest.h>

namespace pail::fault {
namespace {

TEST(Effect, ErrorsLimitsRedirectsAndEarlyResetsReplaceTheOperation) {
  Effect error;
  error.error = ErrorAnswer{};
  EXPECT_TRUE(replaces_operation(error));
  Effect error_in_200;
  error_in_200.error_in_200 = ErrorAnswer{};
  EXPECT_TRUE(replaces_operation(error_in_200));
  Effect limit;
  limit.rate_limit = RateLimit{};
  EXPECT_TRUE(replaces_operation(limit));
  Effect redirect;
  redirect.redirect = Redirect{};
  EXPECT_TRUE(replaces_operation(redirect));
  Effect reset;
  reset.reset = Reset{Reset::Point::kBeforeOperation, 0};
  EXPECT_TRUE(replaces_operation(reset));
}

TEST(Effect, WhatSpoilsTheWayLeavesTheOperation) {
  Effect effect;
  effect.latency = 5.0;
  effect.truncate_after_bytes = 1;
  effect.wrong_etag = true;
  EXPECT_FALSE(replaces_operation(effect));
  effect.reset = Reset{Reset::Point::kAfterOperation, 0};
  EXPECT_FALSE(replaces_operation(effect));
}

}  // namespace
}  // namespace pail::fault
