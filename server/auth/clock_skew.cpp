#include "auth/clock_skew.h"

#include <chrono>
#include <string>
#include <utility>

#include "time/date.h"

namespace pail::auth {
namespace {

constexpr std::chrono::minutes kSkewMost{15};

}  // namespace

S3Result<void> check_clock_skew(time::Timestamp time, std::string_view sent_time,
                                time::Timestamp now) {
  if (now - time <= kSkewMost && time - now <= kSkewMost) return {};
  std::string server_time = time::format_iso8601(now);
  server_time = server_time.substr(0, server_time.find('.')) + "Z";
  return fail(S3Error(S3ErrorCode::RequestTimeTooSkewed)
                  .with("RequestTime", std::string(sent_time))
                  .with("ServerTime", std::move(server_time))
                  .with("MaxAllowedSkewMilliseconds", "900000")
                  .because("the clocks of client and server differ by more than 15 minutes"));
}

time::Timestamp senders_now(const time::Clock& clock, time::Timestamp claimed) {
  const time::Timestamp machine_now = clock.machine_now();
  const bool is_near = machine_now - claimed <= kSkewMost && claimed - machine_now <= kSkewMost;
  return is_near ? machine_now : clock.now();
}

time::Timestamp signing_time(const time::Clock& clock, time::Timestamp claimed) {
  const bool is_yet_to_come = claimed > clock.machine_now() + kSkewMost;
  return is_yet_to_come ? claimed : clock.shown_at(claimed);
}

}  // namespace pail::auth
