#pragma once

#include <chrono>

#include "fault/rule.h"
#include "random/random.h"

namespace pail::fault {

/// A number of [0, 1), each equally likely. Drawn here instead of by <random>, whose distributions
/// differ from library to library.
double draw_fraction(random::Random& random);

/// A time as the latency says, at most an hour.
std::chrono::microseconds draw_latency(const Latency& latency, random::Random& random);

}  // namespace pail::fault
