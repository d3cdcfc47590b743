#pragma once

#include <cstdint>

#include "error/s3_error.h"
#include "protocol/query.h"

namespace pail::operations {

/// ?partNumber of an upload: 1..10,000. Fails: InvalidArgument.
S3Result<std::uint32_t> parse_part_number(const protocol::Query& query);

}  // namespace pail::operations
