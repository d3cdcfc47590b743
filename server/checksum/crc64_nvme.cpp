#include "checksum/crc64_nvme.h"

#include <bit>
#include <cstring>

namespace pail::checksum {
namespace {

using Table = std::array<std::uint64_t, 256>;

// kTables[n][b] is what byte b contributes when n more bytes follow it in the group of eight.
constexpr std::array<Table, 8> make_tables() {
  std::array<Table, 8> tables{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    std::uint64_t value = byte;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value >> 1) ^ ((value & 1) != 0 ? kCrc64NvmePolynomial : 0);
    }
    tables[0][byte] = value;
  }
  for (std::size_t n = 1; n < 8; ++n) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint64_t before = tables[n - 1][byte];
      tables[n][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr std::array<Table, 8> kTables = make_tables();

std::uint64_t load_little_endian(const std::byte* at) {
  std::uint64_t value = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&value, at, sizeof(value));
  } else {
    for (unsigned i = 0; i < 8; ++i) value |= std::to_integer<std::uint64_t>(at[i]) << (8 * i);
  }
  return value;
}

}  // namespace

std::uint64_t update_crc64_nvme_by_table(std::uint64_t state, std::span<const std::byte> bytes) {
  while (bytes.size() >= 8) {
    const std::uint64_t word = state ^ load_little_endian(bytes.data());
    state = kTables[7][word & 0xFF] ^ kTables[6][(word >> 8) & 0xFF] ^
            kTables[5][(word >> 16) & 0xFF] ^ kTables[4][(word >> 24) & 0xFF] ^
            kTables[3][(word >> 32) & 0xFF] ^ kTables[2][(word >> 40) & 0xFF] ^
            kTables[1][(word >> 48) & 0xFF] ^ kTables[0][word >> 56];
    bytes = bytes.subspan(8);
  }
  for (const std::byte byte : bytes) {
    state = (state >> 8) ^ kTables[0][(state & 0xFF) ^ std::to_integer<std::uint64_t>(byte)];
  }
  return state;
}

std::uint64_t update_crc64_nvme(std::uint64_t state, std::span<const std::byte> bytes) {
#if defined(__x86_64__)
  static const bool has_pclmul = __builtin_cpu_supports("pclmul") != 0;
  if (has_pclmul && bytes.size() >= kCrc64FoldingMinBytes) {
    return update_crc64_nvme_by_folding(state, bytes);
  }
#endif
  return update_crc64_nvme_by_table(state, bytes);
}

}  // namespace pail::checksum
