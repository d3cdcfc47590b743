// Folding with carry-less multiplication, after "Fast CRC Computation for Generic Polynomials Using
// PCLMULQDQ Instruction" (Intel, 2009), for a reflected 64-bit CRC.
#if defined(__x86_64__)

#include <emmintrin.h>
#include <wmmintrin.h>

#include "checksum/crc64_nvme.h"

#define PAIL_PCLMUL __attribute__((target("sse2,pclmul")))

namespace pail::checksum {
namespace {

constexpr std::size_t kLaneBytes = 16;
constexpr std::size_t kLanes = 8;
constexpr std::size_t kBlockBytes = kLaneBytes * kLanes;
static_assert(kBlockBytes == kCrc64FoldingMinBytes);

// x^exponent modulo the polynomial, reflected.
constexpr std::uint64_t power_of_x(unsigned exponent) {
  std::uint64_t value = std::uint64_t{1} << 63;
  for (unsigned i = 0; i < exponent; ++i) {
    value = (value >> 1) ^ ((value & 1) != 0 ? kCrc64NvmePolynomial : 0);
  }
  return value;
}

// A lane that stands `bits` before another is worth x^bits times its value there. Its low half is
// the more significant one, hence 64 more. A product of two reflected factors comes out one bit too
// low, as if multiplied by x, hence 1 less.
struct Distance {
  std::uint64_t low_half;
  std::uint64_t high_half;
};
constexpr Distance distance(unsigned bits) {
  return {power_of_x(bits + 64 - 1), power_of_x(bits - 1)};
}
constexpr Distance kOneBlock = distance(8 * kBlockBytes);
constexpr Distance kOneLane = distance(8 * kLaneBytes);

PAIL_PCLMUL inline __m128i load(const std::byte* at) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}

PAIL_PCLMUL inline __m128i make_factors(Distance by) {
  return _mm_set_epi64x(static_cast<long long>(by.high_half), static_cast<long long>(by.low_half));
}

PAIL_PCLMUL inline __m128i fold(__m128i lane, __m128i factors, __m128i onto) {
  const __m128i low = _mm_clmulepi64_si128(lane, factors, 0x00);
  const __m128i high = _mm_clmulepi64_si128(lane, factors, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), onto);
}

}  // namespace

PAIL_PCLMUL std::uint64_t update_crc64_nvme_by_folding(std::uint64_t state,
                                                       std::span<const std::byte> bytes) {
  __m128i lanes[kLanes];
  for (std::size_t i = 0; i < kLanes; ++i) lanes[i] = load(bytes.data() + i * kLaneBytes);
  lanes[0] = _mm_xor_si128(lanes[0], _mm_set_epi64x(0, static_cast<long long>(state)));
  bytes = bytes.subspan(kBlockBytes);

  const __m128i block_factors = make_factors(kOneBlock);
  while (bytes.size() >= kBlockBytes) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      lanes[i] = fold(lanes[i], block_factors, load(bytes.data() + i * kLaneBytes));
    }
    bytes = bytes.subspan(kBlockBytes);
  }

  const __m128i lane_factors = make_factors(kOneLane);
  __m128i rest = lanes[0];
  for (std::size_t i = 1; i < kLanes; ++i) rest = fold(rest, lane_factors, lanes[i]);
  while (bytes.size() >= kLaneBytes) {
    rest = fold(rest, lane_factors, load(bytes.data()));
    bytes = bytes.subspan(kLaneBytes);
  }

  // The last 128 bits are a message of their own by now: two steps of the table finish it, which
  // is as fast as a Barrett reduction for anything longer than a block.
  std::array<std::byte, kLaneBytes> last{};
  _mm_storeu_si128(reinterpret_cast<__m128i*>(last.data()), rest);
  return update_crc64_nvme_by_table(update_crc64_nvme_by_table(0, last), bytes);
}

}  // namespace pail::checksum

#endif
