#include "protocol/listing_token.h"

#include <string>

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

TEST(ListingToken, NamesTheEntryThatItWasMadeFor) {
  for (const std::string& last :
       {std::string("a"), std::string("folder/"), std::string("\xF0\x9F\x98\x80 key"),
        std::string(1024, 'k'), std::string()}) {
    const auto token = encode_listing_token(ListingKind::kObjects, last);
    EXPECT_EQ(decode_listing_token(ListingKind::kObjects, token), last);
  }
}

TEST(ListingToken, IsNotTheKeyItself) {
  EXPECT_EQ(encode_listing_token(ListingKind::kObjects, "secret").find("secret"),
            std::string::npos);
}

TEST(ListingToken, OfAnotherListingIsRefused) {
  const auto token = encode_listing_token(ListingKind::kBuckets, "photos");
  EXPECT_EQ(decode_listing_token(ListingKind::kObjects, token), std::nullopt);
}

TEST(ListingToken, WhatIsNotATokenIsRefused) {
  for (const char* text : {"", "a", "AAAA", "bm90IGEgdG9rZW4=", "folder/key",
                           "====", "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM="}) {
    EXPECT_EQ(decode_listing_token(ListingKind::kObjects, text), std::nullopt) << text;
  }
  EXPECT_EQ(decode_listing_token(ListingKind::kObjects, std::string(1 << 20, 'A')), std::nullopt);
}

TEST(ListingToken, ChangedInAnyCharacterIsRefused) {
  const std::string token = encode_listing_token(ListingKind::kObjects, "folder/file-1");
  for (std::size_t i = 0; i + 1 < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto decoded = decode_listing_token(ListingKind::kObjects, changed);
    EXPECT_TRUE(!decoded || *decoded == "folder/file-1") << i;
  }
}

}  // namespace
}  // namespace pail::protocol
