#include <cstdint>
#include <cstdlib>
#include <string>

#include "auth/chunk_decoder.h"
#include "error/s3_error.h"

namespace {

using namespace pail;

struct Decoded {
  bool is_good = false;
  std::string content;
  S3ErrorCode code{};
};

/// Feeds `wire` in pieces whose sizes follow from `seed`; 0: in one piece.
Decoded decode(std::string_view wire, std::uint64_t decoded_bytes, std::uint32_t seed) {
  auth::ChunkDecoder decoder({std::nullopt, true, {"x-amz-checksum-crc32"}, decoded_bytes});
  Decoded result;
  while (!wire.empty()) {
    seed = seed * 1664525 + 1013904223;
    const std::size_t size =
        seed % 7 == 0 ? wire.size() : std::min<std::size_t>(wire.size(), 1 + (seed >> 16) % 13);
    // A copy, so that keeping a view into an old piece is found out.
    const std::string piece(wire.substr(0, size));
    wire.remove_prefix(size);
    auto input = std::as_bytes(std::span(piece));
    for (;;) {
      const auto content = decoder.next(input);
      if (!content) return {false, {}, content.error().code};
      if (content->empty()) break;
      result.content.append(reinterpret_cast<const char*>(content->data()), content->size());
    }
    if (!input.empty()) std::abort();
  }
  if (const auto end = decoder.finish(); !end) return {false, {}, end.error().code};
  if (result.content.size() != decoded_bytes) std::abort();
  result.is_good = true;
  return result;
}

}  // namespace

// Input: two bytes of decoded length, four that choose the cuts, then the body. The result must not
// depend on the cuts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 6) return 0;
  const std::uint64_t decoded_bytes = bytes[0] + bytes[1] * 256U;
  std::uint32_t seed = 0;
  for (std::size_t i = 2; i < 6; ++i) seed = seed * 256 + bytes[i];
  const std::string_view wire(reinterpret_cast<const char*>(bytes) + 6, size - 6);
  const Decoded one = decode(wire, decoded_bytes, seed);
  const Decoded other = decode(wire, decoded_bytes, seed ^ 0x9e3779b9U);
  if (one.is_good != other.is_good || one.content != other.content || one.code != other.code) {
    std::abort();
  }
  return 0;
}
