#include "text/base64.h"

#include <utility>

#include <gtest/gtest.h>

#include "text/bytes.h"

namespace pail::text {
namespace {

// RFC 4648, section 10.
constexpr std::pair<const char*, const char*> kVectors[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};

TEST(Base64, EncodesAndDecodesVectorsOfRfc4648) {
  for (const auto& [plain, encoded] : kVectors) {
    EXPECT_EQ(base64_encode(as_bytes(plain)), encoded);
    const auto decoded = base64_decode(encoded);
    ASSERT_TRUE(decoded) << encoded;
    EXPECT_EQ(as_text(*decoded), plain);
  }
}

TEST(Base64, EveryByteSurvivesEncodingAndDecoding) {
  std::vector<std::byte> all;
  for (int byte = 255; byte >= 0; --byte) all.push_back(static_cast<std::byte>(byte));
  EXPECT_EQ(base64_decode(base64_encode(all)), all);
  EXPECT_EQ(base64_encode(std::span(all).first(3)), "//79");
}

TEST(Base64, RefusesWhatIsNotStrictBase64) {
  for (const char* text : {"Zg", "Zg=", "Z", "Zg===", "====", "=", "Zg==Zg==", "Z=g=", "Zm9v\n",
                           " Zm9", "Zm 9", "Zm-_", "Zm9vYg=v", "!!!!"}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
}

TEST(Base64, AcceptsUnusedBitsInLastCharacter) {
  const auto decoded = base64_decode("Zh==");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(as_text(*decoded), "f");
}

TEST(Base64, OfUrlsHasOtherLettersAndNoPadding) {
  const std::vector<std::byte> bytes = {std::byte{0xFB}, std::byte{0xEF}, std::byte{0xFF},
                                        std::byte{0xF8}};
  EXPECT_EQ(base64url_decode("--__-A"), bytes);
  EXPECT_EQ(base64url_decode(""), std::vector<std::byte>());
  for (const char* text : {"++//+A", "--__-A==", "-", "--__ -A"}) {
    EXPECT_EQ(base64url_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pail::text
