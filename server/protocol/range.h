#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"

namespace pail::protocol {

/// A stretch of an object; never empty.
struct ByteRange {
  std::uint64_t first_byte = 0;
  std::uint64_t length_bytes = 0;
  bool operator==(const ByteRange&) const = default;
};

/// What a Range field selects of an object: one range ("bytes=0-4", "bytes=5-", "bytes=-3"), cut at
/// the object's end; nothing (the whole object) for several ranges, other units and malformed
/// values, which S3 ignores. Fails: InvalidRange (416) with RangeRequested and ActualObjectSize.
S3Result<std::optional<ByteRange>> resolve_range(std::string_view field, std::uint64_t size_bytes);

/// "bytes 0-4/10"; `range` lies within the object.
std::string content_range(const ByteRange& range, std::uint64_t size_bytes);

/// x-amz-copy-source-range: only "bytes=first-last", which must lie within the source. Fails as AWS
/// was recorded to: InvalidArgument, InvalidRequest.
S3Result<ByteRange> resolve_copy_source_range(std::string_view field, std::uint64_t size_bytes);

}  // namespace pail::protocol
