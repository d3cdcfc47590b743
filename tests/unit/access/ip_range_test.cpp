#include "access/ip_range.h"

#include <gtest/gtest.h>

namespace pail::access {
namespace {

bool contains(std::string_view range, std::string_view address) {
  const auto parsed_range = IpRange::parse(range);
  const auto parsed_address = IpAddress::parse(address);
  EXPECT_TRUE(parsed_range) << range;
  EXPECT_TRUE(parsed_address) << address;
  return parsed_range && parsed_address && parsed_range->contains(*parsed_address);
}

TEST(IpRange, HoldsWhatBeginsWithItsBits) {
  EXPECT_TRUE(contains("192.0.2.0/24", "192.0.2.255"));
  EXPECT_FALSE(contains("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(contains("192.0.2.128/25", "192.0.2.129"));
  EXPECT_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(contains("192.0.2.77/24", "192.0.2.1")) << "bits behind the prefix do not count";
  EXPECT_TRUE(contains("0.0.0.0/0", "255.255.255.255"));
}

TEST(IpRange, AnAddressIsARangeOfOne) {
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(contains("::1", "0:0:0:0:0:0:0:1"));
}

TEST(IpRange, Ipv6HasItsOwnRanges) {
  EXPECT_TRUE(contains("2001:db8:1234:5678::/64", "2001:db8:1234:5678:1::"));
  EXPECT_FALSE(contains("2001:db8:1234:5678::/64", "2001:db8:1234:5679::"));
  EXPECT_FALSE(contains("::/0", "192.0.2.1"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(contains("192.0.2.0/24", "::ffff:192.0.2.9"));
}

TEST(IpRange, WhatIsNoRangeIsRefused) {
  for (const char* text : {"", "x", "192.0.2", "192.0.2.256", "192.0.2.0/33", "192.0.2.0/",
                           "192.0.2.0/x", "::/129", "[::1]", "fe80::1%eth0", "192.0.2.0/-1"}) {
    EXPECT_FALSE(IpRange::parse(text)) << text;
  }
  EXPECT_FALSE(IpRange::parse(std::string(10'000, '1')));
}

}  // namespace
}  // namespace pail::access
