#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// The CRC-64 of the NVM Express specification as S3 uses it, in the reflected form: the least
// significant bit is the highest power of x. The state is the register itself: it starts with all
// bits set and the CRC is its complement.
namespace pail::checksum {

/// The polynomial 0xAD93D23594C93659, reflected.
inline constexpr std::uint64_t kCrc64NvmePolynomial = 0x9A6C9329AC4BC9B5U;

/// The state after bytes, by the fastest way that this processor has.
std::uint64_t update_crc64_nvme(std::uint64_t state, std::span<const std::byte> bytes);

/// The same with tables only, eight bytes at a time. For processors without carry-less
/// multiplication, for short inputs, and as the measure in tests.
std::uint64_t update_crc64_nvme_by_table(std::uint64_t state, std::span<const std::byte> bytes);

#if defined(__x86_64__)
/// The shortest input that update_crc64_nvme_by_folding takes.
inline constexpr std::size_t kCrc64FoldingMinBytes = 128;

/// The same with carry-less multiplication. Requires the PCLMUL instruction and at least
/// kCrc64FoldingMinBytes bytes.
std::uint64_t update_crc64_nvme_by_folding(std::uint64_t state, std::span<const std::byte> bytes);
#endif

}  // namespace pail::checksum
