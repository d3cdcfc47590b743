#include "auth/provider_key.h"

#include <string>

#include <gtest/gtest.h>

#include "support/token_signer.h"

namespace pail::auth {
namespace {

using test::TokenSigner;

/// "ok", or the sentence for people.
std::string outcome(const std::string& text) {
  const auto read = ProviderKey::read(text);
  return read ? "ok" : read.error();
}

TEST(ProviderKey, IsReadFromKeySetsWithItsId) {
  const auto read = ProviderKey::read(TokenSigner::rsa().key_set("mine"));
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().id(), "mine");
}

TEST(ProviderKey, IsReadFromPemOneBehindTheOther) {
  const auto read = ProviderKey::read("\n" + TokenSigner::rsa().pem() + TokenSigner::p256().pem());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->size(), 2U);
  EXPECT_EQ(read->back().id(), "");
}

TEST(ProviderKey, OfOtherKindsIsLeftOut) {
  std::string set = TokenSigner::p256().key_set();
  set.insert(set.find('[') + 1, R"({"kty":"oct","k":"AAAA"},7,)");
  const auto read = ProviderKey::read(set);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->size(), 1U);
}

TEST(ProviderKey, HasToBeLongEnough) {
  EXPECT_EQ(outcome(TokenSigner::rsa(1024).key_set()), "the key 'one' is damaged or too short");
  EXPECT_EQ(outcome(TokenSigner::rsa(1024).pem()),
            "a key is neither RSA of 2048 bits or more nor P-256");
}

TEST(ProviderKey, DamagedOnesAreComplainedAbout) {
  EXPECT_EQ(outcome(""), "neither a key set (JWKS) nor a public key in PEM");
  EXPECT_EQ(outcome("{}"), "no key set: JSON with \"keys\" is expected");
  EXPECT_EQ(outcome("{"), "no key set: JSON with \"keys\" is expected");
  EXPECT_EQ(outcome(R"({"keys":[]})"), "no RSA or P-256 key in the key set");
  EXPECT_EQ(outcome(R"({"keys":[{"kid":"a","kty":"EC","crv":"P-256","x":"AA","y":"AA"}]})"),
            "the key 'a' is damaged or too short");
  EXPECT_EQ(outcome(R"({"keys":[{"kid":"a","kty":"RSA","n":"","e":"AQAB"}]})"),
            "the key 'a' is damaged or too short");
}

}  // namespace
}  // namespace pail::auth
