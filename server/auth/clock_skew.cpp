#include "auth/clock_skew.h"

#include <chrono>
#include <string>
#include <utility>

#include "time/date.h"

namespace pail::auth {

S3Result<void> check_clock_skew(time::Timestamp time, std::string_view sent_time,
                                time::Timestamp now) {
  constexpr std::chrono::minutes kSkewMost{15};
  if (now - time <= kSkewMost && time - now <= kSkewMost) return {};
  std::string server_time = time::format_iso8601(now);
  server_time = server_time.substr(0, server_time.find('.')) + "Z";
  return fail(S3Error(S3ErrorCode::RequestTimeTooSkewed)
                  .with("RequestTime", std::string(sent_time))
                  .with("ServerTime", std::move(server_time))
                  .with("MaxAllowedSkewMilliseconds", "900000")
                  .because("the clocks of client and server differ by more than 15 minutes"));
}

}  // namespace pail::auth
