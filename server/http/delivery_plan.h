#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace pail::http {

/// A time in which nothing moves, once so many bytes of a body have passed.
struct Stall {
  std::uint64_t after_bytes = 0;
  std::chrono::milliseconds time{0};
  bool operator==(const Stall&) const = default;
};

/// How fast the bytes of a body may pass. A value.
struct Pace {
  std::optional<std::uint64_t> bytes_per_s;
  std::optional<Stall> stall;
  bool operator==(const Pace&) const = default;
  [[nodiscard]] bool is_plain() const { return !bytes_per_s && !stall; }
};

/// The end of a connection before its answer has ended.
struct Cut {
  /// After so many bytes of the body; none: before the first byte of the head. A body that is
  /// shorter is not cut.
  std::optional<std::uint64_t> after_body_bytes;
  /// Reset, as by a broken network; otherwise closed in order, as by a peer that is done.
  bool is_reset = false;
  bool operator==(const Cut&) const = default;
};

/// How an answer is spoiled on its way out. A value.
struct DeliveryPlan {
  Pace pace;
  std::optional<Cut> cut;
};

}  // namespace pail::http
