#pragma once

#include <string_view>
#include <vector>

#include "fault/json_values.h"
#include "fault/rule.h"

// The effects in a rule's JSON.
namespace pail::fault {

/// Reads one field into the effect. `name` is the field's own name.
using ReadEffect = Read<void> (*)(const Json& json, std::string_view name, Effect& effect);

struct EffectField {
  std::string_view name;
  ReadEffect read;
};

/// Every field that says what happens.
const std::vector<EffectField>& effect_fields();

/// Whether the effect does something, and nothing that contradicts itself.
Read<void> check_effect(const Effect& effect);

}  // namespace pail::fault
