#include "operations/token_service_fixture.h"

namespace pail::operations {
namespace {

using GetCallerIdentity = TokenService;

TEST_F(GetCallerIdentity, TellsUsersWhoTheyAre) {
  const auto answer = act("GetCallerIdentity", {}, limited);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.element("Arn"), "arn:aws:iam::111122223333:user/limited");
  EXPECT_EQ(answer.element("Account"), kAccount);
  EXPECT_EQ(answer.element("UserId").substr(0, 4), "AIDA");
  EXPECT_EQ(answer.header("Content-Type"), "text/xml");
  EXPECT_TRUE(answer.body.starts_with(
      R"(<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCall)"))
      << answer.body;
  EXPECT_NE(answer.body.find("<ResponseMetadata><RequestId>"), std::string::npos);
}

TEST_F(GetCallerIdentity, MayStandInTheQuery) {
  const auto answer =
      send("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", "", admin, "sts");
  EXPECT_EQ(answer.element("Arn"), "arn:aws:iam::111122223333:user/admin") << answer.body;
}

TEST_F(GetCallerIdentity, MayBeSignedForTheGlobalEndpoint) {
  signing_region = "us-east-1";
  EXPECT_EQ(act("GetCallerIdentity", {}, admin).outcome(), "200");
  signing_region = "ap-south-1";
  const auto elsewhere = act("GetCallerIdentity", {}, admin);
  EXPECT_EQ(elsewhere.outcome(), "403 SignatureDoesNotMatch");
  EXPECT_EQ(elsewhere.element("Message"), "Credential should be scoped to a valid region.");
}

TEST_F(GetCallerIdentity, RefusesWhoCanNotProveIt) {
  EXPECT_EQ(act("GetCallerIdentity", {}, nobody).outcome(), "403 MissingAuthenticationToken");
  EXPECT_EQ(act("GetCallerIdentity", {}, {"AKIDADMIN", "guess"}).outcome(),
            "403 SignatureDoesNotMatch");
  const auto unknown = act("GetCallerIdentity", {}, {"AKIDNONE", "guess"});
  EXPECT_EQ(unknown.outcome(), "403 InvalidClientTokenId");
  EXPECT_TRUE(unknown.body.starts_with(
      R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender<)"))
      << unknown.body;
}

TEST_F(GetCallerIdentity, SignatureForS3IsNoneForTheTokenService) {
  const std::string form = form_of({{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}});
  const auto answer = send("GET", "/?" + form, "", admin, "s3");
  EXPECT_EQ(answer.outcome(), "403 SignatureDoesNotMatch");
  EXPECT_EQ(answer.element("Message"), "Credential should be scoped to correct service: 'sts'.");
  signing_region = "us-east-1";
  EXPECT_EQ(send("GET", "/?" + form, "", admin, "s3").element("Message"),
            "Credential should be scoped to correct service: 'sts'.");
  signing_region = "ap-south-1";
  EXPECT_EQ(send("GET", "/?" + form, "", admin, "s3").element("Message"),
            "Credential should be scoped to a valid region. Credential should be scoped to correct "
            "service: 'sts'.");
}

TEST_F(GetCallerIdentity, FormIsPartOfWhatIsSigned) {
  const auto other = act("Frobnicate", {}, admin);
  EXPECT_EQ(other.outcome(), "400 InvalidAction");
  EXPECT_EQ(other.element("Message"), "Could not find operation Frobnicate for version 2011-06-15");
}

}  // namespace
}  // namespace pail::operations
