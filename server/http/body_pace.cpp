#include "http/body_pace.h"

#include <algorithm>

namespace pail::http {
namespace {

/// A second of bytes passes in so many blocks: often enough to look like a slow line.
constexpr std::uint64_t kBlocksPerSecond = 20;
constexpr std::uint64_t kBlockBytesMost = std::uint64_t{256} * 1024;
constexpr std::uint64_t kMicrosecondsPerSecond = 1'000'000;

}  // namespace

BodyPace::Step BodyPace::next(std::size_t available_bytes) {
  Step step;
  std::uint64_t bytes = available_bytes;
  if (pace_.stall && !has_stalled_) {
    if (passed_bytes_ == pace_.stall->after_bytes) {
      has_stalled_ = true;
      step.wait += pace_.stall->time;
    } else {
      bytes = std::min(bytes, pace_.stall->after_bytes - passed_bytes_);
    }
  }
  if (end_bytes_) bytes = std::min(bytes, *end_bytes_ - passed_bytes_);
  if (bytes == 0) return step;
  if (pace_.bytes_per_s) {
    const std::uint64_t rate = std::max<std::uint64_t>(*pace_.bytes_per_s, 1);
    bytes = std::min(bytes, std::clamp<std::uint64_t>(rate / kBlocksPerSecond, 1, kBlockBytesMost));
    step.wait += std::chrono::microseconds(bytes * kMicrosecondsPerSecond / rate);
  }
  passed_bytes_ += bytes;
  step.bytes = static_cast<std::size_t>(bytes);
  return step;
}

}  // namespace pail::http
