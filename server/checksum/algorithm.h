#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "checksum/digest.h"

namespace pail::checksum {

/// The checksum algorithms that S3 knows for x-amz-checksum-*.
enum class Algorithm {
  kCrc32,
  kCrc32c,
  kCrc64Nvme,
  kSha1,
  kSha256,
  kMd5,
  kSha512,
  kXxHash64,
  kXxHash3,
  kXxHash128
};

inline constexpr std::array<Algorithm, 10> kAllAlgorithms = {
    Algorithm::kCrc32,   Algorithm::kCrc32c,   Algorithm::kCrc64Nvme, Algorithm::kSha1,
    Algorithm::kSha256,  Algorithm::kMd5,      Algorithm::kSha512,    Algorithm::kXxHash64,
    Algorithm::kXxHash3, Algorithm::kXxHash128};

/// The name in x-amz-checksum-algorithm and in XML: "CRC32", "CRC64NVME", "XXHASH3" ...
std::string_view algorithm_name(Algorithm algorithm);

/// Reads such a name, ignoring case.
std::optional<Algorithm> parse_algorithm(std::string_view name);

/// Length of the digest in bytes.
std::size_t digest_size(Algorithm algorithm);

/// The header that carries the value, in lower case: "x-amz-checksum-crc32" ...
std::string_view checksum_header_name(Algorithm algorithm);

/// A fresh digest of the algorithm.
std::unique_ptr<Digest> make_digest(Algorithm algorithm);

/// Whether a multipart upload may ask for x-amz-checksum-type: FULL_OBJECT: the three CRCs only,
/// since only CRCs of parts can be combined. S3 answers "The FULL_OBJECT checksum type cannot be
/// used with the sha256 checksum algorithm." for SHA1 and SHA256 (recorded); for MD5, SHA512 and
/// the XXHASHs no answer was recorded, and the user guide ("Checking object integrity for data
/// uploads") offers multipart uploads with them as composite checksums.
bool supports_full_object(Algorithm algorithm);

/// Whether a multipart upload may ask for x-amz-checksum-type: COMPOSITE: all but CRC64NVME
/// (recorded: "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.").
bool supports_composite(Algorithm algorithm);

}  // namespace pail::checksum
