#include "auth/identity_provider.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "support/token_signer.h"

namespace pail::auth {
namespace {

using test::TokenSigner;

constexpr std::chrono::seconds kNow{1795536000};
const std::string kIssuer = "https://idp.test/realm";

std::string claims(const std::string& audience = "app", const std::string& expires = "1795536600") {
  return R"({"iss":")" + kIssuer + R"(","aud":")" + audience +
         R"(","sub":"someone","iat":1795535000,"exp":)" + expires + "}";
}

IdentityProviders providers(const std::string& keys, bool believes_others = false) {
  auto read = ProviderKey::read(keys);
  EXPECT_TRUE(read.has_value());
  return {{IdentityProvider{kIssuer, {"other", "app"}, read.value()}}, believes_others};
}

/// "ok", or the message.
std::string verdict(const IdentityProviders& known, const std::string& token) {
  const auto checked = known.check(token, time::Timestamp(kNow));
  return checked ? "ok" : checked.error().message;
}

TEST(IdentityProviders, TakeTokensThatTheirKeysSigned) {
  for (const TokenSigner& signer : {TokenSigner::rsa(), TokenSigner::p256()}) {
    EXPECT_EQ(verdict(providers(signer.key_set()), signer.token(claims())), "ok");
    EXPECT_EQ(verdict(providers(signer.pem()), signer.token(claims())), "ok");
  }
}

TEST(IdentityProviders, RefuseTokensThatOthersSigned) {
  const std::string message = "The provided token could not be validated: its signature is invalid";
  for (const auto& [known, other] : {std::pair(TokenSigner::rsa(), TokenSigner::rsa()),
                                     std::pair(TokenSigner::p256(), TokenSigner::p256()),
                                     std::pair(TokenSigner::rsa(), TokenSigner::p256())}) {
    EXPECT_EQ(verdict(providers(known.key_set()), other.token(claims())), message);
    // Believing others does not mean believing whoever takes a known one's name.
    EXPECT_EQ(verdict(providers(known.key_set(), true), other.token(claims())), message);
  }
}

TEST(IdentityProviders, RefuseTokensThatWereChanged) {
  const auto signer = TokenSigner::p256();
  std::string token = signer.token(claims());
  const std::string signature = token.substr(token.rfind('.'));
  const std::string head = token.substr(0, token.find('.'));
  EXPECT_NE(verdict(providers(signer.key_set()),
                    head + "." + TokenSigner::encode(claims("other")) + signature),
            "ok");
  EXPECT_NE(verdict(providers(signer.key_set()), token.substr(0, token.rfind('.') + 1)), "ok");
  EXPECT_NE(verdict(providers(signer.key_set()), token.substr(0, token.size() - 2)), "ok");
}

TEST(IdentityProviders, RefuseTokensWithoutASignature) {
  const auto signer = TokenSigner::rsa();
  const std::string token =
      TokenSigner::encode(R"({"alg":"none"})") + "." + TokenSigner::encode(claims()) + ".";
  EXPECT_NE(verdict(providers(signer.key_set()), token), "ok");
}

TEST(IdentityProviders, SayThatAKeyIsNotTheirs) {
  const auto signer = TokenSigner::p256();
  EXPECT_EQ(verdict(providers(signer.key_set("one")), signer.token(claims(), "two")),
            "Couldn't retrieve verification key from your identity provider,  please reference "
            "AssumeRoleWithWebIdentity documentation for requirements");
}

TEST(IdentityProviders, RefuseTokensForOthersAndOldOnes) {
  const auto signer = TokenSigner::p256();
  EXPECT_EQ(verdict(providers(signer.key_set()), signer.token(claims("stranger"))),
            "Incorrect token audience");
  EXPECT_EQ(verdict(providers(signer.key_set()), signer.token(claims("app", "1795536000"))),
            "Token expired: current date/time 1795536000 must be before the expiration date/time "
            "1795536000");
}

TEST(IdentityProviders, OfNobodyKnownAreNotFoundUnlessOthersAreBelieved) {
  const auto signer = TokenSigner::p256();
  EXPECT_EQ(verdict({}, signer.token(claims())),
            "No OpenIDConnect provider found in your account for https://idp.test/realm");
  EXPECT_EQ(verdict({{}, true}, signer.token(claims())), "ok");
}

}  // namespace
}  // namespace pail::auth
