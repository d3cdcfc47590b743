#include "journal/entry.h"

#include <gtest/gtest.h>

#include "unit/journal/records.h"

namespace pail::journal {
namespace {

TEST(Entry, TakesMoreMemoryWithALongKey) {
  const auto small = test::entry_of(test::request_record("PutObject", "photos", "a"));
  const auto large =
      test::entry_of(test::request_record("PutObject", "photos", std::string(1000, 'k')));
  EXPECT_GE(memory_bytes(*large), memory_bytes(*small) + 1000);
}

TEST(Entry, TakesMoreMemoryWithItsHead) {
  auto record = test::request_record("PutObject", "photos", "a");
  const std::size_t without = memory_bytes(*test::entry_of(record));
  RecordedExchange exchange;
  exchange.request_headers = {{"x-amz-meta-note", std::string(500, 'n')}};
  exchange.refusal.emplace();
  exchange.refusal->canonical_request = std::string(700, 'c');
  test::set_exchange(record, std::move(exchange));
  EXPECT_GE(memory_bytes(*test::entry_of(record)), without + 1200);
}

TEST(Entry, FormsOfAuthenticationHaveNames) {
  EXPECT_EQ(authentication_name(Authentication::kAnonymous), "anonymous");
  EXPECT_EQ(authentication_name(Authentication::kSigV4Header), "sigv4-header");
  EXPECT_EQ(authentication_name(Authentication::kSigV4Query), "sigv4-query");
  EXPECT_EQ(authentication_name(Authentication::kSigV4Form), "sigv4-form");
  EXPECT_EQ(authentication_name(Authentication::kSigV2Header), "sigv2-header");
  EXPECT_EQ(authentication_name(Authentication::kSigV2Query), "sigv2-query");
  EXPECT_EQ(authentication_name(Authentication::kSigV2Form), "sigv2-form");
}

TEST(Entry, PlacesOfChecksumsHaveNames) {
  EXPECT_EQ(checksum_place_name(ChecksumPlace::kNone), "none");
  EXPECT_EQ(checksum_place_name(ChecksumPlace::kHeader), "header");
  EXPECT_EQ(checksum_place_name(ChecksumPlace::kTrailer), "trailer");
  EXPECT_EQ(checksum_place_name(ChecksumPlace::kQuery), "query");
  EXPECT_EQ(checksum_place_name(ChecksumPlace::kForm), "form");
}

}  // namespace
}  // namespace pail::journal
