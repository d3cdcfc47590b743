#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "lifecycle/configuration.h"

// What AWS says of storage classes where objects move from one to the next.
namespace pail::lifecycle {

/// The place of a class in AWS's waterfall, from STANDARD (0) down to DEEP_ARCHIVE; nothing for a
/// class that is not in it.
std::optional<int> storage_class_rank(std::string_view storage_class);

/// The classes that a rule may name: all below STANDARD.
bool is_transition_target(std::string_view storage_class);

/// Whether S3 moves objects from one class to the other: only downwards, and not from One Zone-IA
/// into Glacier Instant Retrieval.
bool can_transition(std::string_view from, std::string_view to);

/// How many days old an object has to be for the class.
std::int32_t minimum_age_days(std::string_view storage_class);

/// How many days an object has to stay in the class before a rule may move it on.
std::int32_t minimum_stay_days(std::string_view storage_class);

/// The smallest object that moves into the class unless a filter speaks of sizes.
std::uint64_t minimum_size_bytes(std::string_view storage_class, MinimumTransitionSize setting);

}  // namespace pail::lifecycle
