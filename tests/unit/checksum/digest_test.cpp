#include "checksum/digest.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "text/bytes.h"
#include "text/hex.h"

namespace pail::checksum {
namespace {

using text::as_bytes;
using text::hex_encode;

std::vector<std::byte> repeated(std::size_t count, unsigned value) {
  return std::vector<std::byte>(count, static_cast<std::byte>(value));
}

std::string digest_of(std::unique_ptr<Digest> digest, std::string_view text) {
  digest->update(as_bytes(text));
  return hex_encode(digest->finish());
}

TEST(Digest, GivesPublishedValues) {
  EXPECT_EQ(digest_of(make_md5(), "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(digest_of(make_sha1(), "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(digest_of(make_sha256(), "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest_of(make_sha512(), "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST(Digest, OfNothingIsThatOfTheEmptyText) {
  EXPECT_EQ(hex_encode(make_md5()->finish()), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, OneShotsAgreeWithStreams) {
  EXPECT_EQ(hex_encode(md5(as_bytes("abc"))), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_encode(sha256(as_bytes("abc"))), digest_of(make_sha256(), "abc"));
  EXPECT_EQ(sha256_hex("abc"), digest_of(make_sha256(), "abc"));
}

// RFC 4231, test cases 1 to 4, 6 and 7 (5 is about truncation).
TEST(HmacSha256, GivesValuesOfRfc4231) {
  EXPECT_EQ(hex_encode(hmac_sha256(repeated(20, 0x0b), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex_encode(hmac_sha256(as_bytes("Jefe"), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex_encode(hmac_sha256(repeated(20, 0xaa), repeated(50, 0xdd))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  std::vector<std::byte> counting;
  for (int i = 1; i <= 25; ++i) counting.push_back(static_cast<std::byte>(i));
  EXPECT_EQ(hex_encode(hmac_sha256(counting, repeated(50, 0xcd))),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  EXPECT_EQ(hex_encode(hmac_sha256(repeated(131, 0xaa),
                                   "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex_encode(hmac_sha256(
                repeated(131, 0xaa),
                "This is a test using a larger than block-size key and a larger than block-size "
                "data. The key needs to be hashed before being used by the HMAC algorithm.")),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

// RFC 2202, section 3.
TEST(HmacSha1, GivesValuesOfRfc2202) {
  EXPECT_EQ(hex_encode(hmac_sha1(repeated(20, 0x0b), "Hi There")),
            "b617318655057264e28bc0b6fb378c8ef146be00");
  EXPECT_EQ(hex_encode(hmac_sha1(as_bytes("Jefe"), "what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(hex_encode(hmac_sha1(repeated(80, 0xaa),
                                 "Test Using Larger Than Block-Size Key - Hash Key First")),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

TEST(HmacSha256, AcceptsEmptyKeyAndMessage) {
  EXPECT_EQ(hex_encode(hmac_sha256({}, "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

// The key derivation of Signature Version 4, as AWS's documentation shows it.
TEST(HmacSha256, DerivesSigningKeyOfTheAwsExample) {
  const auto date =
      hmac_sha256(as_bytes("AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "20120215");
  const auto region = hmac_sha256(date, "us-east-1");
  const auto service = hmac_sha256(region, "iam");
  EXPECT_EQ(hex_encode(hmac_sha256(service, "aws4_request")),
            "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
}

}  // namespace
}  // namespace pail::checksum
