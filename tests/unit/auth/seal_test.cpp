#include "auth/seal.h"

#include <gtest/gtest.h>

#include "text/base64.h"

namespace pail::auth {
namespace {

constexpr SealKey kKey{std::byte{1}};
constexpr SealKey kOtherKey{std::byte{2}};

TEST(Seal, GivesTheTextBackToItsKeyAlone) {
  random::SeededRandom random(1);
  for (const std::string& text : {std::string(), std::string("a"), std::string(5000, 'x')}) {
    const std::string sealed = seal(kKey, text, random);
    EXPECT_EQ(unseal(kKey, sealed), text);
    EXPECT_FALSE(unseal(kOtherKey, sealed).has_value());
  }
}

TEST(Seal, NoTwoAreAlike) {
  random::SeededRandom random(1);
  EXPECT_NE(seal(kKey, "text", random), seal(kKey, "text", random));
}

TEST(Seal, EveryChangedBitIsNoticed) {
  random::SeededRandom random(1);
  const auto sealed = *text::base64_decode(seal(kKey, "secret", random));
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    auto changed = sealed;
    changed[i / 8] ^= std::byte{1} << (i % 8);
    EXPECT_FALSE(unseal(kKey, text::base64_encode(changed)).has_value()) << i;
  }
}

TEST(Seal, WhatIsCutOrNoneOfOursOpensNothing) {
  random::SeededRandom random(1);
  const std::string sealed = seal(kKey, "secret", random);
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(unseal(kKey, sealed.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(unseal(kKey, "not base64!").has_value());
  EXPECT_FALSE(unseal(kKey, sealed + "AAAA").has_value());
}

}  // namespace
}  // namespace pail::auth
