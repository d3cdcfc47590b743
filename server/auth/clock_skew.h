#pragma once

#include <string_view>

#include "error/s3_error.h"
#include "time/clock.h"

namespace pail::auth {

/// Whether a request that says it was made at `time` may arrive at `now`: 15 minutes earlier or
/// later. `sent_time` is what the client wrote. Fails: RequestTimeTooSkewed.
S3Result<void> check_clock_skew(time::Timestamp time, std::string_view sent_time,
                                time::Timestamp now);

}  // namespace pail::auth
