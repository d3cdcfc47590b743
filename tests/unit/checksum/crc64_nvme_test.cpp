#include "checksum/crc64_nvme.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace pail::checksum {
namespace {

std::vector<std::byte> noise(std::size_t size_bytes) {
  std::mt19937 engine(2);
  std::vector<std::byte> out(size_bytes);
  for (std::byte& byte : out) byte = static_cast<std::byte>(engine() & 0xFF);
  return out;
}

// The definition, bit by bit.
std::uint64_t update_by_definition(std::uint64_t state, std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) {
    state ^= std::to_integer<std::uint64_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      state = (state >> 1) ^ ((state & 1) != 0 ? kCrc64NvmePolynomial : 0);
    }
  }
  return state;
}

TEST(Crc64Nvme, AllWaysAgreeAtEveryLengthAndAlignment) {
  const std::vector<std::byte> data = noise(700);
  for (std::size_t offset = 0; offset < 17; ++offset) {
    for (std::size_t length = 0; length + offset <= data.size(); length += 1 + length / 64) {
      const auto bytes = std::span(data).subspan(offset, length);
      const std::uint64_t expected = update_by_definition(~std::uint64_t{0}, bytes);
      ASSERT_EQ(update_crc64_nvme_by_table(~std::uint64_t{0}, bytes), expected)
          << offset << " " << length;
      ASSERT_EQ(update_crc64_nvme(~std::uint64_t{0}, bytes), expected) << offset << " " << length;
    }
  }
}

#if defined(__x86_64__)
TEST(Crc64Nvme, FoldingAgreesWithTheTableFromTheShortestInputOn) {
  if (__builtin_cpu_supports("pclmul") == 0) GTEST_SKIP() << "no PCLMUL here";
  const std::vector<std::byte> data = noise(100'000);
  for (std::size_t length = kCrc64FoldingMinBytes; length <= data.size();
       length += 1 + length / 50) {
    const auto bytes = std::span(data).first(length);
    const std::uint64_t state = 0x0123456789ABCDEFU * length;
    ASSERT_EQ(update_crc64_nvme_by_folding(state, bytes), update_crc64_nvme_by_table(state, bytes))
        << length;
  }
}
#endif

}  // namespace
}  // namespace pail::checksum
