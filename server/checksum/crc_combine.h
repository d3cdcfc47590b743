#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checksum/algorithm.h"

namespace pail::checksum {

/// The CRC of two pieces put together, out of the CRC of each (as Digest::finish gives them) and
/// the length of the second, in O(log length). Empty when the algorithm is not one of the three
/// CRCs or when a value has the wrong length.
std::vector<std::byte> combine_crc(Algorithm algorithm, std::span<const std::byte> first,
                                   std::span<const std::byte> second,
                                   std::uint64_t second_length_bytes);

}  // namespace pail::checksum
