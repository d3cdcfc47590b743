#include "transport/pause.h"

#include <algorithm>

namespace pail::transport {
namespace {

using Clock = Deadline::Clock;

/// How soon a pause notices that its connection was cut.
constexpr std::chrono::microseconds kSlice{50'000};
constexpr std::chrono::microseconds kAcknowledgementSlice{1'000};
constexpr std::chrono::seconds kAcknowledgementTime{2};

}  // namespace

Task<bool> pause(Stream& stream, const Deadline& deadline, std::chrono::microseconds time) {
  Timer timer(stream.socket().get_executor());
  const Clock::time_point end = Clock::now() + time;
  while (!deadline.is_cut()) {
    const auto left = end - Clock::now();
    if (left <= Clock::duration::zero()) co_return true;
    timer.expires_after(std::min<Clock::duration>(left, kSlice));
    co_await stream.wait_for(timer);
  }
  co_return false;
}

Task<void> pause_until_acknowledged(Stream& stream, const Deadline& deadline) {
  const Clock::time_point end = Clock::now() + kAcknowledgementTime;
  while (stream.unacknowledged_bytes() > 0 && Clock::now() < end) {
    const bool goes_on = co_await pause(stream, deadline, kAcknowledgementSlice);
    if (!goes_on) co_return;
  }
}

}  // namespace pail::transport
