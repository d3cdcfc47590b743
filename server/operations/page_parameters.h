#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "error/s3_error.h"
#include "protocol/query.h"

// The query parameters that the listings have in common.
namespace pail::operations {

/// S3 shows at most this many entries on a page, whatever is asked for.
inline constexpr std::size_t kPageSizeMost = 1000;

/// A parameter that is a whole number of 0..most; `otherwise` where it is absent or empty. Fails:
/// InvalidArgument.
S3Result<std::uint64_t> whole_number(const protocol::Query& query, std::string_view name,
                                     std::uint64_t otherwise, std::uint64_t most);

/// max-keys, max-parts, max-uploads: 1,000 where it is absent, and never more. Fails:
/// InvalidArgument.
S3Result<std::size_t> page_size(const protocol::Query& query, std::string_view name);

/// encoding-type: "url" or absent. Fails: InvalidArgument.
S3Result<bool> wants_url_encoding(const protocol::Query& query);

}  // namespace pail::operations
