#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pail/result.h"

#include "cli/environment.h"
#include "cli/setting.h"

namespace pail::cli {

/// The settings that PAIL_… variables give. Lists are separated by commas, switches are 1, true,
/// yes, on or 0, false, no, off. Fails with a sentence for people that names the variable.
Result<Layer, std::string> environment_layer(std::span<const Setting> settings,
                                             const Environment& environment);

/// The settings of a configuration file: TOML with the names of the flags, and
/// the tables of people_tables.h. `file_name`
/// is what complaints call it. Fails with a sentence for people.
Result<Layer, std::string> file_layer(std::span<const Setting> settings, std::string_view text,
                                      const std::string& file_name);

/// Each setting as the strongest layer that has it gives it; a list is replaced, not added to.
Layer merge_layers(Layer stronger, const Layer& weaker);

}  // namespace pail::cli
