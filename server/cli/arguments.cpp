#include "cli/arguments.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace pail::cli {
namespace {

/// What CLI11 fills for one setting.
struct Slot {
  const Setting* setting = nullptr;
  std::vector<std::string> texts;
  bool is_on = false;
  const CLI::Option* option = nullptr;
};

std::string flag_name(const Setting& setting) { return "--" + std::string(setting.name); }

void add_option(CLI::App& app, Slot& slot) {
  const Setting& setting = *slot.setting;
  const std::string help = std::string(setting.help) + " [" + variable_name(setting.name) + "]";
  if (setting.kind == SettingKind::kSwitch) {
    slot.option = app.add_flag(flag_name(setting), slot.is_on, help);
    return;
  }
  CLI::Option* option = app.add_option(flag_name(setting), slot.texts, help);
  option->allow_extra_args(false);
  option->type_name(std::string(setting.placeholder));
  if (setting.kind == SettingKind::kValue) {
    option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  slot.option = option;
}

std::vector<GivenValue> given_values(const Slot& slot) {
  const std::string origin = flag_name(*slot.setting);
  if (slot.setting->kind == SettingKind::kSwitch) {
    return {{slot.is_on ? "true" : "false", origin}};
  }
  std::vector<GivenValue> values;
  for (const std::string& text : slot.texts) values.push_back({text, origin});
  return values;
}

EarlyExit early_exit(const CLI::App& app, const CLI::ParseError& reason) {
  if (reason.get_exit_code() == 0) return {0, app.help()};
  return {kUsageError,
          std::string("pail: ") + reason.what() + "; see '" + app.get_name() + " --help'\n"};
}

}  // namespace

Result<Layer, EarlyExit> parse_arguments(const CommandHelp& help, std::span<const Setting> settings,
                                         std::span<const std::string> arguments) {
  CLI::App app(std::string(help.summary), "pail " + std::string(help.name));
  app.set_help_flag("-h,--help", "show this");
  app.footer(std::string(help.examples));
  app.get_formatter()->column_width(36);
  std::deque<Slot> slots;  // CLI11 keeps references
  for (const Setting& setting : settings) {
    slots.push_back({&setting, {}, false, nullptr});
    add_option(app, slots.back());
  }
  // CLI11 takes the arguments from the back, and throws what others return.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& reason) {
    return Unexpected{early_exit(app, reason)};
  }
  Layer layer;
  for (const Slot& slot : slots) {
    if (slot.option->count() == 0) continue;
    layer.emplace(slot.setting->name, given_values(slot));
  }
  return layer;
}

}  // namespace pail::cli
