#include "operations/token_service_fixture.h"

namespace pail::operations {
namespace {

using GetFederationToken = TokenService;

TEST_F(GetFederationToken, GivesWhatThePolicyAllows) {
  const auto answer =
      act("GetFederationToken",
          {{"Name", "guest"}, {"Policy", R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",
                                          "Action":"s3:ListBucket","Resource":"*"}})"}},
          admin);
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(answer.element("Arn"), "arn:aws:sts::111122223333:federated-user/guest");
  EXPECT_EQ(answer.element("FederatedUserId"), "111122223333:guest");
  const Keys session = keys_of(answer);
  EXPECT_EQ(ask("GET", "/bucket", session).outcome(), "200");
  EXPECT_EQ(ask("PUT", "/bucket/a", session, "x").outcome(), "403 AccessDenied");
}

TEST_F(GetFederationToken, WithoutPolicyGivesNothing) {
  const Keys session = keys_of(act("GetFederationToken", {{"Name", "guest"}}, admin));
  EXPECT_EQ(ask("GET", "/bucket", session).outcome(), "403 AccessDenied");
  EXPECT_EQ(act("GetCallerIdentity", {}, session).outcome(), "200");
}

TEST_F(GetFederationToken, NeedsPermissionAndPermanentKeys) {
  EXPECT_EQ(act("GetFederationToken", {{"Name", "guest"}}, limited).outcome(), "403 AccessDenied");
  const Keys session = keys_of(act("GetSessionToken", {}, admin));
  EXPECT_EQ(act("GetFederationToken", {{"Name", "guest"}}, session).outcome(), "403 AccessDenied");
  EXPECT_EQ(act("GetFederationToken", {{"Name", std::string(33, 'a')}}, admin).outcome(),
            "400 ValidationError");
}

}  // namespace
}  // namespace pail::operations
