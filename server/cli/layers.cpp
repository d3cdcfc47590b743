#include "cli/layers.h"

#include <iterator>
#include <optional>
#include <utility>

#include "cli/people_tables.h"
#include "cli/toml.h"
#include "error/try.h"
#include "text/ascii.h"

namespace pail::cli {
namespace {

std::optional<std::string> switch_value(const std::string& text) {
  const std::string lower = text::to_lower(text::trim(text));
  for (const char* yes : {"1", "true", "yes", "on"}) {
    if (lower == yes) return "true";
  }
  for (const char* no : {"0", "false", "no", "off"}) {
    if (lower == no) return "false";
  }
  return std::nullopt;
}

/// The texts of one setting as values; an empty result means that the setting was not given.
Result<std::vector<GivenValue>, std::string> given_values(const Setting& setting,
                                                          const std::vector<std::string>& texts,
                                                          const std::string& origin) {
  std::vector<GivenValue> values;
  if (setting.kind != SettingKind::kList && texts.size() > 1) {
    return Unexpected{origin + " takes one value, not " + std::to_string(texts.size())};
  }
  for (const std::string& text : texts) {
    if (text.empty()) continue;
    if (setting.kind == SettingKind::kSwitch) {
      const auto value = switch_value(text);
      if (!value) return Unexpected{origin + " is '" + text + "'; it can be true or false"};
      values.push_back({*value, origin});
    } else {
      values.push_back({text, origin});
    }
  }
  return values;
}

std::vector<std::string> list_items(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string_view item : text::split(text, ',')) items.emplace_back(text::trim(item));
  return items;
}

}  // namespace

Result<Layer, std::string> environment_layer(std::span<const Setting> settings,
                                             const Environment& environment) {
  Layer layer;
  for (const Setting& setting : settings) {
    const std::string variable = variable_name(setting.name);
    const auto text = environment.find(variable);
    if (!text) continue;
    const auto texts =
        setting.kind == SettingKind::kList ? list_items(*text) : std::vector<std::string>{*text};
    PAIL_TRY(auto values, given_values(setting, texts, variable));
    if (!values.empty()) layer.emplace(setting.name, std::move(values));
  }
  return layer;
}

Result<Layer, std::string> file_layer(std::span<const Setting> settings, std::string_view text,
                                      const std::string& file_name) {
  auto entries = read_toml(text, people_table_names());
  if (!entries) return Unexpected{file_name + ": " + entries.error()};
  Layer layer;
  for (const TomlEntry& entry : *entries) {
    if (!entry.path.empty()) {
      auto added = add_table_entry(entry, file_name, layer);
      if (!added) return Unexpected{file_name + ": " + added.error()};
      continue;
    }
    const Setting* setting = find_setting(settings, entry.name);
    if (setting == nullptr) {
      return Unexpected{file_name + ": there is no setting '" + entry.name +
                        "'; the names are those of the flags of 'pail serve --help', without --"};
    }
    PAIL_TRY(auto values, given_values(*setting, entry.values, entry.name + " in " + file_name));
    if (values.empty()) continue;
    auto& all = layer[std::string(setting->name)];
    all.insert(all.end(), std::make_move_iterator(values.begin()),
               std::make_move_iterator(values.end()));
  }
  return layer;
}

Layer merge_layers(Layer stronger, const Layer& weaker) {
  for (const auto& [name, values] : weaker) stronger.try_emplace(name, values);
  return stronger;
}

}  // namespace pail::cli
