#include "capi/options_json.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "cli/people_settings.h"
#include "error/try.h"

namespace pail::capi {
namespace {

using cli::GivenValue;
using cli::Setting;
using cli::SettingKind;
using nlohmann::json;

Result<std::string, std::string> read_text(const std::string& name, const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return Unexpected{"'" + name + "' has to be a text"};
}

Result<std::vector<GivenValue>, std::string> read_values(const Setting& setting,
                                                         const std::string& name,
                                                         const json& value) {
  if (setting.kind == SettingKind::kSwitch) {
    if (!value.is_boolean()) return Unexpected{"'" + name + "' has to be true or false"};
    return std::vector<GivenValue>{{value.get<bool>() ? "true" : "false", name}};
  }
  std::vector<GivenValue> values;
  if (setting.kind == SettingKind::kList && value.is_array()) {
    for (const json& element : value) {
      PAIL_TRY(std::string text, read_text(name, element));
      values.push_back({std::move(text), name});
    }
    return values;
  }
  PAIL_TRY(std::string text, read_text(name, value));
  values.push_back({std::move(text), name});
  return values;
}

Result<cli::Layer, std::string> read_layer(const json& options) {
  cli::Layer layer;
  for (const auto& [name, value] : options.items()) {
    const Setting* setting = cli::find_setting(cli::serve_settings(), name);
    if (setting == nullptr) return Unexpected{"there is no option '" + name + "'"};
    PAIL_TRY(layer[name], read_values(*setting, name, value));
  }
  return layer;
}

}  // namespace

Result<cli::ServeConfiguration, std::string> read_options(std::string_view text) {
  const json options = text.empty() ? json::object() : json::parse(text, nullptr, false);
  if (!options.is_object()) return Unexpected{std::string("the options are not a JSON object")};
  cli::ConfigurationSources sources;
  PAIL_TRY(sources.flags, read_layer(options));
  if (!sources.flags.contains("data")) sources.flags["memory"] = {{"true", "memory"}};
  if (!sources.flags.contains("listen")) sources.flags["listen"] = {{"127.0.0.1:0", "listen"}};
  if (!sources.flags.contains("journal")) sources.flags["journal"] = {{"10000", "journal"}};
  PAIL_TRY(auto configuration, cli::read_serve_configuration(sources));
  PAIL_CHECK(cli::read_policy_files(configuration.server));
  return configuration;
}

}  // namespace pail::capi
