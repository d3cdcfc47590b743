#include "operations/token_service_fixture.h"

namespace pail::operations {
namespace {

using GetSessionToken = TokenService;

TEST_F(GetSessionToken, GivesKeysOfTheUserHimself) {
  const auto answer = act("GetSessionToken", {}, limited);
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(answer.element("Expiration"), "2026-11-25T04:00:00Z");
  const Keys session = keys_of(answer);
  EXPECT_EQ(act("GetCallerIdentity", {}, session).element("Arn"),
            "arn:aws:iam::111122223333:user/limited");
  EXPECT_EQ(ask("GET", "/bucket", session).outcome(), "403 AccessDenied");
}

TEST_F(GetSessionToken, RefusesSessions) {
  const Keys session = keys_of(act("GetSessionToken", {}, admin));
  const auto refused = act("GetSessionToken", {}, session);
  EXPECT_EQ(refused.outcome(), "403 AccessDenied");
  EXPECT_EQ(refused.element("Message"), "Cannot call GetSessionToken with session credentials");
}

TEST_F(GetSessionToken, HoldsForADayAndAHalfAtMost) {
  EXPECT_EQ(act("GetSessionToken", {{"DurationSeconds", "129600"}}, admin).outcome(), "200");
  EXPECT_EQ(act("GetSessionToken", {{"DurationSeconds", "129601"}}, admin).outcome(),
            "400 ValidationError");
  EXPECT_EQ(act("GetSessionToken", {{"DurationSeconds", "-1"}}, admin).outcome(),
            "400 ValidationError");
}

}  // namespace
}  // namespace pail::operations
