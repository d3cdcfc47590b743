#pragma once

#include <nlohmann/json.hpp>

#include "fault/rule.h"

namespace pail::fault {

/// Adds to `json` the fields that effect_json.h reads to this effect.
void write_effect(const Effect& effect, nlohmann::ordered_json& json);

}  // namespace pail::fault
