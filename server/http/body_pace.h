#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "http/delivery_plan.h"

namespace pail::http {

/// Tells how the bytes of a body are to be cut into blocks, and what to wait before each of them.
/// Looks at no clock: a block of n bytes costs n / bytes_per_s. Not thread-safe; of one body.
class BodyPace {
 public:
  /// `end_bytes`: after so many bytes nothing passes any more.
  explicit BodyPace(const Pace& pace, std::optional<std::uint64_t> end_bytes = std::nullopt)
      : pace_(pace), end_bytes_(end_bytes) {}

  struct Step {
    /// How many of the bytes may pass now, after the wait; 0: none ever again.
    std::size_t bytes = 0;
    std::chrono::microseconds wait{0};
  };
  /// `available_bytes` (not 0) are ready to pass. A stall that is due comes before the end.
  Step next(std::size_t available_bytes);

  /// Whether the end has been reached at which nothing passes any more.
  [[nodiscard]] bool is_at_end() const { return end_bytes_ && passed_bytes_ >= *end_bytes_; }
  [[nodiscard]] std::uint64_t passed_bytes() const { return passed_bytes_; }

 private:
  Pace pace_;
  std::optional<std::uint64_t> end_bytes_;
  std::uint64_t passed_bytes_ = 0;
  bool has_stalled_ = false;
};

}  // namespace pail::http
