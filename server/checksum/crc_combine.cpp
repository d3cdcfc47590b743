#include "checksum/crc_combine.h"

#include <optional>

#include "checksum/crc64_nvme.h"

namespace pail::checksum {
namespace {

/// The ring of polynomials over GF(2) modulo a CRC's polynomial. Values are reflected: the highest
/// of the bits is x^0.
class Ring {
 public:
  Ring(unsigned bits, std::uint64_t polynomial) : bits_(bits), polynomial_(polynomial) {}

  std::size_t size_bytes() const { return bits_ / 8; }
  std::uint64_t power_of_x(unsigned exponent) const {
    return std::uint64_t{1} << (bits_ - 1 - exponent);
  }

  std::uint64_t multiply(std::uint64_t left, std::uint64_t right) const {
    std::uint64_t product = 0;
    for (unsigned exponent = 0; exponent < bits_; ++exponent) {
      if ((left & power_of_x(exponent)) != 0) product ^= right;
      right = (right >> 1) ^ ((right & 1) != 0 ? polynomial_ : 0);
    }
    return product;
  }

  std::uint64_t power(std::uint64_t base, std::uint64_t exponent) const {
    std::uint64_t result = power_of_x(0);
    for (; exponent != 0; exponent >>= 1) {
      if ((exponent & 1) != 0) result = multiply(result, base);
      base = multiply(base, base);
    }
    return result;
  }

 private:
  unsigned bits_;
  std::uint64_t polynomial_;
};

std::optional<Ring> ring_of(Algorithm algorithm) {
  if (algorithm == Algorithm::kCrc32) return Ring(32, 0xEDB88320U);
  if (algorithm == Algorithm::kCrc32c) return Ring(32, 0x82F63B78U);
  if (algorithm == Algorithm::kCrc64Nvme) return Ring(64, kCrc64NvmePolynomial);
  return std::nullopt;
}

std::uint64_t read_big_endian(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  for (const std::byte byte : bytes) value = (value << 8) | std::to_integer<std::uint64_t>(byte);
  return value;
}

}  // namespace

std::vector<std::byte> combine_crc(Algorithm algorithm, std::span<const std::byte> first,
                                   std::span<const std::byte> second,
                                   std::uint64_t second_length_bytes) {
  const std::optional<Ring> ring = ring_of(algorithm);
  if (!ring || first.size() != ring->size_bytes() || second.size() != ring->size_bytes()) return {};

  // The bits that a CRC complements at its start and end cancel out, so that what is left of the
  // first piece is its CRC moved up by the length of the second.
  const std::uint64_t shift = ring->power(ring->power_of_x(8), second_length_bytes);
  std::uint64_t crc = ring->multiply(shift, read_big_endian(first)) ^ read_big_endian(second);

  std::vector<std::byte> out(ring->size_bytes());
  for (std::size_t i = out.size(); i > 0; --i) {
    out[i - 1] = static_cast<std::byte>(crc & 0xFF);
    crc >>= 8;
  }
  return out;
}

}  // namespace pail::checksum
