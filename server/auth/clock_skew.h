#pragma once

#include <string_view>

#include "error/s3_error.h"
#include "time/clock.h"

namespace pail::auth {

/// Whether a request that says it was made at `time` may arrive at `now`: 15 minutes earlier or
/// later. `sent_time` is what the client wrote. Fails: RequestTimeTooSkewed.
S3Result<void> check_clock_skew(time::Timestamp time, std::string_view sent_time,
                                time::Timestamp now);

/// The present by the clock that a client goes by whose request says that it was made at `claimed`:
/// the machine's, wherever the server's was moved to, or the server's, if the client moved along.
time::Timestamp senders_now(const time::Clock& clock, time::Timestamp claimed);

/// What the server's clock showed when somebody signed who gave `claimed` as the time, which is cut
/// to seconds: of a second in which the clock was moved, what it showed before. Clients that moved
/// along give times that the machine's clock has not come to.
time::Timestamp signing_time(const time::Clock& clock, time::Timestamp claimed);

}  // namespace pail::auth
