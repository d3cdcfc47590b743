#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

#include "fault/rule.h"

namespace pail::fault {

/// A ready-made list of rules.
struct Scenario {
  std::string_view name;
  /// What it is like, in one sentence for people.
  std::string_view summary;
};

/// All of them: flaky-network, throttled, outage, lost-responses.
std::span<const Scenario> scenarios();

/// The rules of a scenario; nothing if there is none of that name. Their ids begin with it, and
/// their seeds follow from `seed`.
std::optional<std::vector<Rule>> scenario_rules(std::string_view name, std::uint64_t seed = 1);

/// What a command line or a control request says: the name of a scenario, with or without a seed
/// ("flaky-network", "flaky-network:7"), or rules in JSON. Fails with a sentence for people that
/// names what is possible.
Result<std::vector<Rule>, std::string> read_faults(std::string_view text,
                                                   std::span<const std::string_view> operations);

}  // namespace pail::fault
