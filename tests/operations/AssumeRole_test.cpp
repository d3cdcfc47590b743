#include "operations/token_service_fixture.h"

namespace pail::operations {
namespace {

using AssumeRole = TokenService;

TEST_F(AssumeRole, GivesKeysOfTheRole) {
  const auto answer = act("AssumeRole", role_session("reader"), limited);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.element("Arn"), "arn:aws:sts::111122223333:assumed-role/reader/trial");
  EXPECT_EQ(answer.element("Expiration"), "2026-11-24T17:00:00Z");
  EXPECT_TRUE(answer.element("AccessKeyId").starts_with("ASIA"));
  const Keys session = keys_of(answer);
  EXPECT_EQ(ask("GET", "/bucket", session).outcome(), "200");
  EXPECT_EQ(ask("PUT", "/bucket/a", session, "x").outcome(), "403 AccessDenied");
  const auto caller = act("GetCallerIdentity", {}, session);
  EXPECT_EQ(caller.element("Arn"), "arn:aws:sts::111122223333:assumed-role/reader/trial");
  EXPECT_TRUE(caller.element("UserId").ends_with(":trial"));
}

TEST_F(AssumeRole, SessionPolicyLimits) {
  Parameters parameters = role_session("open");
  parameters["Policy"] = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",
      "Action":"s3:PutObject","Resource":"arn:aws:s3:::bucket/in/*"}})";
  const Keys session = keys_of(act("AssumeRole", parameters, admin));
  EXPECT_EQ(ask("PUT", "/bucket/in/a", session, "x").outcome(), "200");
  EXPECT_EQ(ask("PUT", "/bucket/out", session, "x").outcome(), "403 AccessDenied");
  EXPECT_EQ(ask("GET", "/bucket/in/a", session).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRole, SessionEnds) {
  Parameters parameters = role_session("open");
  parameters["DurationSeconds"] = "900";
  const Keys session = keys_of(act("AssumeRole", parameters, admin));
  clock.advance(std::chrono::seconds(899));
  EXPECT_EQ(ask("GET", "/bucket", session).outcome(), "200");
  clock.advance(std::chrono::seconds(1));
  const auto late = ask("GET", "/bucket", session);
  EXPECT_EQ(late.outcome(), "400 ExpiredToken");
  EXPECT_EQ(late.element("Message"), "The provided token has expired.");
  EXPECT_EQ(act("GetCallerIdentity", {}, session).outcome(), "403 ExpiredToken");
}

TEST_F(AssumeRole, TokensBelongToTheirKeys) {
  const Keys first = keys_of(act("AssumeRole", role_session("open"), admin));
  const Keys second = keys_of(act("AssumeRole", role_session("open"), admin));
  EXPECT_EQ(ask("GET", "/bucket", {first.access_key_id, first.secret, second.token}).outcome(),
            "400 InvalidToken");
  EXPECT_EQ(ask("GET", "/bucket", {first.access_key_id, first.secret}).outcome(),
            "403 InvalidAccessKeyId");
  EXPECT_EQ(ask("GET", "/bucket", {admin.access_key_id, admin.secret, first.token}).outcome(),
            "400 InvalidToken");
  EXPECT_EQ(ask("GET", "/bucket", {first.access_key_id, "guess", first.token}).outcome(),
            "403 SignatureDoesNotMatch");
  std::string changed = first.token;
  changed[40] = changed[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ask("GET", "/bucket", {first.access_key_id, first.secret, changed}).outcome(),
            "400 InvalidToken");
}

TEST_F(AssumeRole, TrustPolicyNamesWhoMay) {
  const auto refused = act("AssumeRole", role_session("reader"), admin);
  EXPECT_EQ(refused.outcome(), "403 AccessDenied");
  EXPECT_EQ(refused.element("Message"),
            "User: arn:aws:iam::111122223333:user/admin is not authorized to perform: "
            "sts:AssumeRole on resource: arn:aws:iam::111122223333:role/reader");
  EXPECT_EQ(act("AssumeRole", role_session("none"), admin).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRole, RoleOpenToItsAccountNeedsThePolicyOfTheSender) {
  EXPECT_EQ(act("AssumeRole", role_session("open"), admin).outcome(), "200");
  EXPECT_EQ(act("AssumeRole", role_session("open"), limited).outcome(), "403 AccessDenied");
  EXPECT_EQ(act("AssumeRole", role_session("open"), stranger).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRole, OtherAccountsComeInWithTheirTicket) {
  Parameters parameters = role_session("guest");
  EXPECT_EQ(act("AssumeRole", parameters, stranger).outcome(), "403 AccessDenied");
  parameters["ExternalId"] = "ticket";
  const auto answer = act("AssumeRole", parameters, stranger);
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(ask("GET", "/bucket", keys_of(answer)).outcome(), "200");
  EXPECT_EQ(ask("GET", "/bucket", stranger).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRole, SaysWhatIsWrongWithItsParameters) {
  const auto message = [&](Parameters parameters) {
    const auto answer = act("AssumeRole", std::move(parameters), admin);
    EXPECT_EQ(answer.outcome(), "400 ValidationError") << answer.body;
    return answer.element("Message");
  };
  EXPECT_EQ(message({{"RoleSessionName", "trial"}}),
            "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: "
            "Member must not be null");
  EXPECT_EQ(message({{"RoleArn", role("open")}, {"RoleSessionName", "a/b"}}),
            "1 validation error detected: Value 'a/b' at 'roleSessionName' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*");
  Parameters brief = role_session("open");
  brief["DurationSeconds"] = "899";
  EXPECT_EQ(message(brief),
            "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy "
            "constraint: Member must have value greater than or equal to 900");
  brief["DurationSeconds"] = "43201";
  EXPECT_TRUE(message(brief).ends_with("less than or equal to 43200"));
  Parameters long_policy = role_session("open");
  long_policy["Policy"] = std::string(2049, ' ');
  EXPECT_TRUE(message(long_policy)
                  .ends_with("at 'policy' failed to satisfy constraint: Member must have length "
                             "less than or equal to 2048"));
  Parameters managed = role_session("open");
  for (int i = 1; i <= 11; ++i) {
    managed["PolicyArns.member." + std::to_string(i) + ".arn"] = kReadPolicy;
  }
  EXPECT_TRUE(message(managed).ends_with("Member must have length less than or equal to 10"));
}

TEST_F(AssumeRole, ManagedPoliciesLimitAsSessionPoliciesDo) {
  Parameters parameters = role_session("open");
  parameters["PolicyArns.member.1.arn"] = kReadPolicy;
  const auto answer = act("AssumeRole", parameters, admin);
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(answer.element("PackedPolicySize"), "3");
  EXPECT_EQ(ask("GET", "/bucket", keys_of(answer)).outcome(), "200");
  EXPECT_EQ(ask("PUT", "/bucket/a", keys_of(answer), "x").outcome(), "403 AccessDenied");
  EXPECT_EQ(act("AssumeRole", role_session("open"), admin).element("PackedPolicySize"), "");
}

TEST_F(AssumeRole, UnknownManagedPoliciesAreRefused) {
  Parameters parameters = role_session("open");
  parameters["PolicyArns.member.1.arn"] = "arn:aws:iam::111122223333:policy/none";
  const auto refused = act("AssumeRole", parameters, admin);
  EXPECT_EQ(refused.outcome(), "400 ValidationError");
  EXPECT_EQ(refused.element("Message"),
            "Policy arn:aws:iam::111122223333:policy/none does not exist or is not attachable.");
}

TEST_F(AssumeRole, PoliciesAndTagsTogetherHaveALimit) {
  Parameters parameters = role_session("open");
  for (int i = 1; i <= 16; ++i) {
    const std::string member = "Tags.member." + std::to_string(i);
    parameters[member + ".Key"] = "key" + std::to_string(i);
    parameters[member + ".Value"] = std::string(256, 'v');
  }
  const auto refused = act("AssumeRole", parameters, admin);
  EXPECT_EQ(refused.outcome(), "400 PackedPolicyTooLarge");
  EXPECT_EQ(refused.element("Message"),
            "Packed policy consumes 102% of allotted space, please use smaller policy.");
}

TEST_F(AssumeRole, RolesSayHowLongTheirSessionsMayBe) {
  Parameters parameters = role_session("open");
  parameters["DurationSeconds"] = "3601";
  const auto refused = act("AssumeRole", parameters, admin);
  EXPECT_EQ(refused.outcome(), "400 ValidationError");
  EXPECT_EQ(refused.element("Message"),
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  Parameters longer = role_session("long");
  longer["DurationSeconds"] = "43200";
  EXPECT_EQ(act("AssumeRole", longer, admin).element("Expiration"), "2026-11-25T04:00:00Z");
}

TEST_F(AssumeRole, RefusesPoliciesThatCanNotBeRead) {
  Parameters parameters = role_session("open");
  parameters["Policy"] = "{";
  EXPECT_EQ(act("AssumeRole", parameters, admin).outcome(), "400 MalformedPolicyDocument");
}

TEST_F(AssumeRole, RolesInARowHoldForAnHour) {
  const Keys session = keys_of(act("AssumeRole", role_session("open"), admin));
  Parameters parameters = role_session("open");
  EXPECT_EQ(act("AssumeRole", parameters, session).outcome(), "200");
  parameters["DurationSeconds"] = "3601";
  EXPECT_EQ(act("AssumeRole", parameters, session).outcome(), "400 ValidationError");
}

}  // namespace
}  // namespace pail::operations
