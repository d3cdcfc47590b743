#include "checksum/crc_combine.h"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace pail::checksum {
namespace {

constexpr std::array<Algorithm, 3> kCrcs = {Algorithm::kCrc32, Algorithm::kCrc32c,
                                            Algorithm::kCrc64Nvme};

std::vector<std::byte> crc_of(Algorithm algorithm, std::span<const std::byte> bytes) {
  const std::unique_ptr<Digest> digest = make_digest(algorithm);
  digest->update(bytes);
  return digest->finish();
}

TEST(CrcCombine, GivesTheCrcOfBothPiecesTogether) {
  std::mt19937 engine(3);
  std::vector<std::byte> data(3000);
  for (std::byte& byte : data) byte = static_cast<std::byte>(engine() & 0xFF);
  for (const Algorithm algorithm : kCrcs) {
    for (std::size_t cut = 0; cut <= data.size(); cut += 1 + cut / 3) {
      const auto first = std::span(data).first(cut);
      const auto second = std::span(data).subspan(cut);
      EXPECT_EQ(combine_crc(algorithm, crc_of(algorithm, first), crc_of(algorithm, second),
                            second.size()),
                crc_of(algorithm, data))
          << algorithm_name(algorithm) << " " << cut;
    }
  }
}

TEST(CrcCombine, PiecesMayBeEmpty) {
  const std::vector<std::byte> data(10, std::byte{7});
  for (const Algorithm algorithm : kCrcs) {
    const auto crc = crc_of(algorithm, data);
    const auto nothing = crc_of(algorithm, {});
    EXPECT_EQ(combine_crc(algorithm, crc, nothing, 0), crc);
    EXPECT_EQ(combine_crc(algorithm, nothing, crc, data.size()), crc);
  }
}

TEST(CrcCombine, IsAssociativeForHugeLengths) {
  constexpr std::uint64_t kHuge = std::numeric_limits<std::uint64_t>::max() / 2;
  for (const Algorithm algorithm : kCrcs) {
    const std::vector<std::byte> a(digest_size(algorithm), std::byte{0x11});
    const std::vector<std::byte> b(digest_size(algorithm), std::byte{0x5A});
    const std::vector<std::byte> c(digest_size(algorithm), std::byte{0xC3});
    const auto left = combine_crc(algorithm, combine_crc(algorithm, a, b, kHuge), c, kHuge);
    const auto right = combine_crc(algorithm, a, combine_crc(algorithm, b, c, kHuge), 2 * kHuge);
    EXPECT_EQ(left, right) << algorithm_name(algorithm);
  }
}

TEST(CrcCombine, RefusesOtherAlgorithmsAndWrongSizes) {
  const std::vector<std::byte> four(4);
  const std::vector<std::byte> eight(8);
  EXPECT_TRUE(combine_crc(Algorithm::kXxHash64, eight, eight, 1).empty());
  EXPECT_TRUE(combine_crc(Algorithm::kCrc32, eight, four, 1).empty());
  EXPECT_TRUE(combine_crc(Algorithm::kCrc32, four, eight, 1).empty());
  EXPECT_TRUE(combine_crc(Algorithm::kCrc64Nvme, four, four, 1).empty());
  EXPECT_TRUE(combine_crc(Algorithm::kCrc32c, {}, {}, 0).empty());
}

}  // namespace
}  // namespace pail::checksum
