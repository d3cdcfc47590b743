#include "checksum/algorithm.h"

#include "checksum/crc.h"
#include "checksum/xxhash_digest.h"
#include "text/ascii.h"

namespace pail::checksum {
namespace {

struct Traits {
  Algorithm algorithm;
  std::string_view name;
  std::string_view header;
  std::size_t size_bytes;
  bool full_object;
  bool composite;
  std::unique_ptr<Digest> (*make)();
};

// In the order of the enumeration.
constexpr std::array<Traits, kAllAlgorithms.size()> kTraits = {{
    {Algorithm::kCrc32, "CRC32", "x-amz-checksum-crc32", 4, true, true, make_crc32},
    {Algorithm::kCrc32c, "CRC32C", "x-amz-checksum-crc32c", 4, true, true, make_crc32c},
    {Algorithm::kCrc64Nvme, "CRC64NVME", "x-amz-checksum-crc64nvme", 8, true, false,
     make_crc64_nvme},
    {Algorithm::kSha1, "SHA1", "x-amz-checksum-sha1", 20, false, true, make_sha1},
    {Algorithm::kSha256, "SHA256", "x-amz-checksum-sha256", 32, false, true, make_sha256},
    {Algorithm::kMd5, "MD5", "x-amz-checksum-md5", 16, false, true, make_md5},
    {Algorithm::kSha512, "SHA512", "x-amz-checksum-sha512", 64, false, true, make_sha512},
    {Algorithm::kXxHash64, "XXHASH64", "x-amz-checksum-xxhash64", 8, false, true, make_xxhash64},
    {Algorithm::kXxHash3, "XXHASH3", "x-amz-checksum-xxhash3", 8, false, true, make_xxhash3},
    {Algorithm::kXxHash128, "XXHASH128", "x-amz-checksum-xxhash128", 16, false, true,
     make_xxhash128},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (static_cast<std::size_t>(kTraits[i].algorithm) != i) return false;
    if (kAllAlgorithms[i] != kTraits[i].algorithm) return false;
  }
  return true;
}
static_assert(in_order());

const Traits& traits_of(Algorithm algorithm) {
  return kTraits[static_cast<std::size_t>(algorithm)];
}

}  // namespace

std::string_view algorithm_name(Algorithm algorithm) { return traits_of(algorithm).name; }

std::optional<Algorithm> parse_algorithm(std::string_view name) {
  for (const Traits& traits : kTraits) {
    if (text::equals_ignore_case(name, traits.name)) return traits.algorithm;
  }
  return std::nullopt;
}

std::size_t digest_size(Algorithm algorithm) { return traits_of(algorithm).size_bytes; }

std::string_view checksum_header_name(Algorithm algorithm) { return traits_of(algorithm).header; }

std::unique_ptr<Digest> make_digest(Algorithm algorithm) { return traits_of(algorithm).make(); }

bool supports_full_object(Algorithm algorithm) { return traits_of(algorithm).full_object; }

bool supports_composite(Algorithm algorithm) { return traits_of(algorithm).composite; }

}  // namespace pail::checksum
