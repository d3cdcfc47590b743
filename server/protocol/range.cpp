#include "protocol/range.h"

#include <algorithm>
#include <limits>

#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kUnit = "bytes=";

/// "first-last" as it is written; either may be missing.
struct RangeSpec {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> last;
};

/// A number beyond all sizes means the same as one just beyond this size.
std::optional<std::uint64_t> parse_position(std::string_view digits) {
  if (auto value = text::parse_decimal(digits)) return value;
  const bool is_number =
      !digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) return std::nullopt;
  return std::numeric_limits<std::uint64_t>::max();
}

std::optional<RangeSpec> parse_spec(std::string_view field) {
  field = text::trim(field);
  if (!text::starts_with_ignore_case(field, kUnit)) return std::nullopt;
  field.remove_prefix(kUnit.size());
  const auto dash = field.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = text::trim(field.substr(0, dash));
  const auto last = text::trim(field.substr(dash + 1));
  RangeSpec spec{parse_position(first), parse_position(last)};
  if (!first.empty() && !spec.first) return std::nullopt;
  if (!last.empty() && !spec.last) return std::nullopt;
  if (!spec.first && !spec.last) return std::nullopt;
  if (spec.first && spec.last && *spec.first > *spec.last) return std::nullopt;
  return spec;
}

Unexpected<S3Error> invalid_range(std::string_view field, std::uint64_t size_bytes) {
  return fail(S3Error(S3ErrorCode::InvalidRange)
                  .with("RangeRequested", std::string(text::trim(field)))
                  .with("ActualObjectSize", std::to_string(size_bytes))
                  .with_header("Content-Range", "bytes */" + std::to_string(size_bytes)));
}

}  // namespace

S3Result<std::optional<ByteRange>> resolve_range(std::string_view field, std::uint64_t size_bytes) {
  const auto spec = parse_spec(field);
  if (!spec) return std::optional<ByteRange>();
  if (!spec->first) {
    const std::uint64_t length = std::min(*spec->last, size_bytes);
    if (length == 0) return invalid_range(field, size_bytes);
    return std::optional(ByteRange{size_bytes - length, length});
  }
  if (*spec->first >= size_bytes) return invalid_range(field, size_bytes);
  const std::uint64_t last = std::min(spec->last.value_or(size_bytes - 1), size_bytes - 1);
  return std::optional(ByteRange{*spec->first, last - *spec->first + 1});
}

std::string content_range(const ByteRange& range, std::uint64_t size_bytes) {
  return "bytes " + std::to_string(range.first_byte) + '-' +
         std::to_string(range.first_byte + range.length_bytes - 1) + '/' +
         std::to_string(size_bytes);
}

S3Result<ByteRange> resolve_copy_source_range(std::string_view field, std::uint64_t size_bytes) {
  constexpr const char* kHeader = "x-amz-copy-source-range";
  const auto spec = field.starts_with(kUnit) ? parse_spec(field) : std::nullopt;
  if (!spec || !spec->first || !spec->last) {
    return invalid_argument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and "
        "last are the zero-based offsets of the first and last bytes to copy",
        kHeader, std::string(field));
  }
  if (*spec->first >= size_bytes) {
    return fail(S3ErrorCode::InvalidRequest,
                "The specified copy range is invalid for the source object size");
  }
  if (*spec->last >= size_bytes) {
    return invalid_argument(
        "Range specified is not valid for source object of size: " + std::to_string(size_bytes),
        kHeader, std::string(field));
  }
  return ByteRange{*spec->first, *spec->last - *spec->first + 1};
}

}  // namespace pail::protocol
