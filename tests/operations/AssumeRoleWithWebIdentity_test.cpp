#include "operations/token_service_fixture.h"
#include "text/base64.h"
#include "text/bytes.h"

namespace pail::operations {
namespace {

class AssumeRoleWithWebIdentity : public TokenService {
 protected:
  static std::string encoded(std::string_view json) {
    std::string text = text::base64_encode(text::as_bytes(json));
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text.substr(0, text.find('='));
  }

  static std::string token(const std::string& subject, const std::string& expires = "1795536600") {
    return encoded(R"({"alg":"RS256"})") + "." +
           encoded(R"({"iss":"https://idp.test/realm","aud":"app","sub":")" + subject +
                   R"(","iat":1795535000,"exp":)" + expires + "}") +
           ".c2ln";
  }

  test::Answer assume(const std::string& role, const std::string& web_identity) {
    Parameters parameters = role_session(role);
    parameters["WebIdentityToken"] = web_identity;
    return act("AssumeRoleWithWebIdentity", parameters, nobody);
  }
};

TEST_F(AssumeRoleWithWebIdentity, GivesKeysToWhomTheRoleTrusts) {
  const auto answer = assume("web", token("someone"));
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(answer.element("SubjectFromWebIdentityToken"), "someone");
  EXPECT_EQ(answer.element("Audience"), "app");
  EXPECT_EQ(answer.element("Provider"), "idp.test/realm");
  EXPECT_EQ(ask("GET", "/bucket", keys_of(answer)).outcome(), "200");
}

TEST_F(AssumeRoleWithWebIdentity, RefusesWhomTheRoleDoesNotTrust) {
  const auto refused = assume("web", token("somebody-else"));
  EXPECT_EQ(refused.outcome(), "403 AccessDenied");
  EXPECT_EQ(refused.element("Message"), "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  EXPECT_EQ(assume("open", token("someone")).outcome(), "403 AccessDenied");
  EXPECT_EQ(assume("reader", token("someone")).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRoleWithWebIdentity, RefusesWhatIsNoTokenOrTooOld) {
  EXPECT_EQ(assume("web", token("someone", "1795535999")).outcome(), "400 ExpiredTokenException");
  EXPECT_EQ(assume("web", "a.b").outcome(), "400 InvalidIdentityToken");
  EXPECT_EQ(assume("web", "a.b.c").outcome(), "400 InvalidIdentityToken");
  EXPECT_EQ(assume("web", "").outcome(), "400 InvalidIdentityToken");
  EXPECT_EQ(assume("web", std::string(20'001, 'a')).outcome(), "400 InvalidIdentityToken");
}

TEST_F(AssumeRoleWithWebIdentity, ChecksTheSignaturesOfKnownProviders) {
  const std::string claims =
      R"({"iss":"https://signed.test","aud":"app","sub":"me","iat":1795535000,"exp":1795536600})";
  const auto answer = assume("signed", signer.token(claims));
  ASSERT_EQ(answer.outcome(), "200") << answer.body;
  EXPECT_EQ(answer.element("Provider"), "signed.test");
  const auto forged = assume("signed", test::TokenSigner::p256().token(claims));
  EXPECT_EQ(forged.outcome(), "400 InvalidIdentityToken");
  EXPECT_EQ(assume("web", signer.token(claims)).outcome(), "403 AccessDenied");
}

TEST_F(AssumeRoleWithWebIdentity, LastsNoLongerThanTheRoleAllows) {
  Parameters parameters = role_session("web");
  parameters["WebIdentityToken"] = token("someone");
  parameters["DurationSeconds"] = "7200";
  EXPECT_EQ(act("AssumeRoleWithWebIdentity", parameters, nobody).outcome(), "400 ValidationError");
}

class StrictWebIdentity : public TokenService {
 protected:
  StrictWebIdentity() : TokenService(/*believes_others=*/false) {}
};

TEST_F(StrictWebIdentity, ProvidersThatNobodyNamedAreUnknown) {
  Parameters parameters = role_session("web");
  parameters["WebIdentityToken"] = signer.token(
      R"({"iss":"https://idp.test/realm","aud":"app","sub":"someone","iat":1,"exp":1795536600})");
  const auto refused = act("AssumeRoleWithWebIdentity", parameters, nobody);
  EXPECT_EQ(refused.outcome(), "400 InvalidIdentityToken");
  EXPECT_EQ(refused.element("Message"),
            "No OpenIDConnect provider found in your account for https://idp.test/realm");
}

}  // namespace
}  // namespace pail::operations
