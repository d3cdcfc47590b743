#include "fault/draw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace pail::fault {
namespace {

constexpr double kLongest_ms = 3'600'000;

/// A number of the standard normal distribution (Box and Muller).
double draw_normal(random::Random& random) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - draw_fraction(random)));
  return radius * std::cos(2.0 * std::numbers::pi * draw_fraction(random));
}

double draw_ms(const Latency& latency, random::Random& random) {
  if (const auto* fixed_ms = std::get_if<double>(&latency)) return *fixed_ms;
  if (const auto* uniform = std::get_if<UniformLatency>(&latency)) {
    return uniform->from_ms + draw_fraction(random) * (uniform->to_ms - uniform->from_ms);
  }
  const auto& log_normal = std::get<LogNormalLatency>(latency);
  return log_normal.median_ms * std::exp(log_normal.sigma * draw_normal(random));
}

}  // namespace

double draw_fraction(random::Random& random) {
  constexpr unsigned kMantissaBits = 53;
  std::array<std::byte, 8> bytes{};
  random.fill(bytes);
  std::uint64_t number = 0;
  for (const std::byte byte : bytes) number = number << 8U | std::to_integer<std::uint64_t>(byte);
  return std::ldexp(static_cast<double>(number >> (64U - kMantissaBits)),
                    -static_cast<int>(kMantissaBits));
}

std::chrono::microseconds draw_latency(const Latency& latency, random::Random& random) {
  constexpr double kMicrosecondsPerMillisecond = 1000;
  const double time_ms = std::clamp(draw_ms(latency, random), 0.0, kLongest_ms);
  return std::chrono::microseconds(
      static_cast<std::int64_t>(time_ms * kMicrosecondsPerMillisecond));
}

}  // namespace pail::fault
