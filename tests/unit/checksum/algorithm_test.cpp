#include "checksum/algorithm.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "text/bytes.h"
#include "text/hex.h"

namespace pail::checksum {
namespace {

std::string digest_of(Algorithm algorithm, std::string_view text) {
  const std::unique_ptr<Digest> digest = make_digest(algorithm);
  digest->update(text::as_bytes(text));
  return text::hex_encode(digest->finish());
}

std::vector<std::byte> noise(std::size_t size_bytes) {
  std::mt19937 engine(1);
  std::vector<std::byte> out(size_bytes);
  for (std::byte& byte : out) byte = static_cast<std::byte>(engine() & 0xFF);
  return out;
}

TEST(Algorithm, CrcsGivePublishedCheckValues) {
  EXPECT_EQ(digest_of(Algorithm::kCrc32, "123456789"), "cbf43926");
  EXPECT_EQ(digest_of(Algorithm::kCrc32c, "123456789"), "e3069283");
  EXPECT_EQ(digest_of(Algorithm::kCrc64Nvme, "123456789"), "ae8b14860a799888");
}

// RFC 3720, appendix B.4 (there with the least significant byte first).
TEST(Algorithm, Crc32cGivesValuesOfRfc3720) {
  EXPECT_EQ(digest_of(Algorithm::kCrc32c, std::string(32, '\0')), "8a9136aa");
  EXPECT_EQ(digest_of(Algorithm::kCrc32c, std::string(32, '\xFF')), "62a8ab43");
}

// NVM Express NVM Command Set Specification, "64b CRC test cases": 4 KiB of zeros and of ones.
TEST(Algorithm, Crc64NvmeGivesValuesOfNvmExpress) {
  EXPECT_EQ(digest_of(Algorithm::kCrc64Nvme, std::string(4096, '\0')), "6482d367eb22b64e");
  EXPECT_EQ(digest_of(Algorithm::kCrc64Nvme, std::string(4096, '\xFF')), "c0ddba7302eca3ac");
}

TEST(Algorithm, XxHashesGiveReferenceValues) {
  EXPECT_EQ(digest_of(Algorithm::kXxHash64, ""), "ef46db3751d8e999");
  EXPECT_EQ(digest_of(Algorithm::kXxHash64, "abc"), "44bc2cf5ad770999");
  EXPECT_EQ(digest_of(Algorithm::kXxHash3, ""), "2d06800538d394c2");
  EXPECT_EQ(digest_of(Algorithm::kXxHash3, "abc"), "78af5f94892f3950");
  EXPECT_EQ(digest_of(Algorithm::kXxHash128, ""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(digest_of(Algorithm::kXxHash128, "abc"), "06b05ab6733a618578af5f94892f3950");
}

TEST(Algorithm, DigestsHaveTheDeclaredSize) {
  for (const Algorithm algorithm : kAllAlgorithms) {
    EXPECT_EQ(make_digest(algorithm)->finish().size(), digest_size(algorithm))
        << algorithm_name(algorithm);
  }
}

TEST(Algorithm, EmptyDigestsOfCrcsAreZero) {
  EXPECT_EQ(digest_of(Algorithm::kCrc32, ""), "00000000");
  EXPECT_EQ(digest_of(Algorithm::kCrc32c, ""), "00000000");
  EXPECT_EQ(digest_of(Algorithm::kCrc64Nvme, ""), "0000000000000000");
}

TEST(Algorithm, PiecesGiveTheDigestOfTheWhole) {
  const std::vector<std::byte> data = noise(5000);
  for (const Algorithm algorithm : kAllAlgorithms) {
    const std::unique_ptr<Digest> whole = make_digest(algorithm);
    whole->update(data);
    const std::unique_ptr<Digest> pieces = make_digest(algorithm);
    std::span<const std::byte> rest = data;
    for (std::size_t length = 0; !rest.empty(); length = length * 2 + 1) {
      const std::size_t count = std::min(length, rest.size());
      pieces->update(rest.first(count));
      rest = rest.subspan(count);
    }
    EXPECT_EQ(pieces->finish(), whole->finish()) << algorithm_name(algorithm);
  }
}

TEST(Algorithm, NamesAreReadInEitherCase) {
  for (const Algorithm algorithm : kAllAlgorithms) {
    EXPECT_EQ(parse_algorithm(algorithm_name(algorithm)), algorithm);
  }
  EXPECT_EQ(parse_algorithm("crc64nvme"), Algorithm::kCrc64Nvme);
  EXPECT_EQ(parse_algorithm("XxHash128"), Algorithm::kXxHash128);
  EXPECT_EQ(parse_algorithm("CRC64"), std::nullopt);
  EXPECT_EQ(parse_algorithm("SHA-256"), std::nullopt);
  EXPECT_EQ(parse_algorithm(""), std::nullopt);
}

TEST(Algorithm, HeadersCarryTheNameInLowerCase) {
  EXPECT_EQ(checksum_header_name(Algorithm::kCrc32), "x-amz-checksum-crc32");
  EXPECT_EQ(checksum_header_name(Algorithm::kCrc64Nvme), "x-amz-checksum-crc64nvme");
  EXPECT_EQ(checksum_header_name(Algorithm::kSha512), "x-amz-checksum-sha512");
  EXPECT_EQ(checksum_header_name(Algorithm::kXxHash3), "x-amz-checksum-xxhash3");
}

TEST(Algorithm, OnlyCrcsMakeFullObjectChecksums) {
  std::map<bool, int> counts;
  for (const Algorithm algorithm : kAllAlgorithms) ++counts[supports_full_object(algorithm)];
  EXPECT_EQ(counts[true], 3);
  EXPECT_TRUE(supports_full_object(Algorithm::kCrc32));
  EXPECT_TRUE(supports_full_object(Algorithm::kCrc32c));
  EXPECT_TRUE(supports_full_object(Algorithm::kCrc64Nvme));
}

TEST(Algorithm, OnlyCrc64NvmeMakesNoCompositeChecksums) {
  for (const Algorithm algorithm : kAllAlgorithms) {
    EXPECT_EQ(supports_composite(algorithm), algorithm != Algorithm::kCrc64Nvme)
        << algorithm_name(algorithm);
  }
}

}  // namespace
}  // namespace pail::checksum
