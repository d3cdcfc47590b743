#include "protocol/metadata_text.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

std::string there_and_back(std::string_view value) {
  return metadata_to_wire(metadata_from_wire(value));
}

TEST(MetadataText, AsciiStaysAsItIs) {
  EXPECT_EQ(there_and_back("hello world =? _"), "hello world =? _");
  EXPECT_EQ(there_and_back(""), "");
  EXPECT_EQ(there_and_back("=?UTF-8?X?abc?="), "=?UTF-8?X?abc?=");
}

// What AWS was seen to answer for the bytes of UTF-8.
TEST(MetadataText, RawBytesAreTakenForLatin1) {
  EXPECT_EQ(there_and_back("Mini\u00f6"), "=?UTF-8?Q?Mini=C3=83=C2=B6?=");
  EXPECT_EQ(there_and_back("\u00f6"), "=?UTF-8?B?w4PCtg==?=");
  EXPECT_EQ(there_and_back("\u00c4M\u00c4Z\u00d5\u00d1 S3"),
            "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=");
}

TEST(MetadataText, ControlCharactersAreEncodedWithQ) {
  EXPECT_EQ(there_and_back("h\x04w"), "=?UTF-8?Q?h=04w?=");
  EXPECT_EQ(there_and_back("\x04mymeta"), "=?UTF-8?Q?=04mymeta?=");
}

TEST(MetadataText, SpacesAndSpecialsInsideAQWordAreEncoded) {
  EXPECT_EQ(metadata_to_wire("a b=c_d?e \u00e9"), "=?UTF-8?Q?a_b=3Dc=5Fd=3Fe_=C3=A9?=");
}

TEST(MetadataText, EncodedWordsAreDecodedToWhatTheyMean) {
  EXPECT_EQ(metadata_from_wire("=?UTF-8?B?w7Y=?="), "\u00f6");
  EXPECT_EQ(metadata_from_wire("=?utf-8?q?Mini=C3=B6_x?="), "Mini\u00f6 x");
  EXPECT_EQ(metadata_from_wire("=?ISO-8859-1?Q?=F6?="), "\u00f6");
  EXPECT_EQ(there_and_back("=?UTF-8?B?w7Y=?="), "=?UTF-8?B?w7Y=?=");
}

TEST(MetadataText, TextAroundWordsIsKept) {
  EXPECT_EQ(metadata_from_wire("a =?UTF-8?B?w7Y=?= b"), "a \u00f6 b");
}

TEST(MetadataText, SpaceBetweenTwoWordsIsNotText) {
  EXPECT_EQ(metadata_from_wire("=?UTF-8?B?w7Y=?= =?UTF-8?B?w7Y=?="), "\u00f6\u00f6");
}

TEST(MetadataText, BrokenWordsAreText) {
  for (const char* value : {"=?", "=?UTF-8", "=?UTF-8?B?", "=?UTF-8?B?%?=", "=?UTF-8?Q?=G1?=",
                            "=?KOI8-R?Q?abc?=", "=?UTF-8?B?/w==?=", "=?UTF-8?Q?=?="}) {
    EXPECT_EQ(metadata_from_wire(value), value);
  }
}

TEST(MetadataText, LongValuesBecomeSeveralWordsThatMeanTheSame) {
  std::string value;
  for (int i = 0; i < 300; ++i) value += "\u4e2d";
  const std::string wire = metadata_to_wire(value);
  EXPECT_EQ(metadata_from_wire(wire), value);
  std::size_t longest = 0;
  std::size_t start = 0;
  while (start < wire.size()) {
    const auto end = std::min(wire.find(' ', start), wire.size());
    longest = std::max(longest, end - start);
    start = end + 1;
  }
  EXPECT_LE(longest, 75U);
}

}  // namespace
}  // namespace pail::protocol
