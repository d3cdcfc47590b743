#include "cli/configure.h"

#include <filesystem>
#include <optional>
#include <utility>

#include "cli/layers.h"
#include "cli/people_settings.h"
#include "cli/text_file.h"
#include "error/try.h"

namespace pail::cli {
namespace {

constexpr const char* kDefaultConfigFile = "pail.toml";

/// A variable or a flag that names a file, the flag being stronger.
std::optional<std::string> named_file(const Layer& flags, const Environment& environment,
                                      std::string_view setting) {
  const auto flag = flags.find(setting);
  if (flag != flags.end()) return flag->second.back().value;
  return environment.find(variable_name(setting));
}

Result<Layer, std::string> read_config(const std::optional<std::string>& named) {
  std::error_code ec;
  if (!named && !std::filesystem::is_regular_file(kDefaultConfigFile, ec)) return Layer{};
  const std::string name = named.value_or(kDefaultConfigFile);
  PAIL_TRY(const std::string text, read_text_file(name));
  return file_layer(serve_settings(), text, name);
}

/// The process's variables win over those of the application's .env file, which the flag, the
/// process's variable or the configuration file names.
Result<Environment, std::string> read_environment(const Environment& process,
                                                  std::optional<std::string> named,
                                                  const Layer& file) {
  const auto in_file = file.find("env-file");
  if (!named && in_file != file.end()) named = in_file->second.back().value;
  if (!named) return process;
  PAIL_TRY(const std::string text, read_text_file(*named));
  auto parsed = parse_env_file(text);
  if (!parsed) return Unexpected{*named + ": " + parsed.error()};
  return process.over(*parsed);
}

}  // namespace

Result<ServeConfiguration, std::string> configure(Layer flags, const Environment& process) {
  ConfigurationSources sources;
  PAIL_TRY(sources.file, read_config(named_file(flags, process, "config")));
  PAIL_TRY(sources.environment,
           read_environment(process, named_file(flags, process, "env-file"), sources.file));
  sources.flags = std::move(flags);
  PAIL_TRY(auto configuration, read_serve_configuration(sources));
  PAIL_CHECK(read_policy_files(configuration.server));
  return configuration;
}

}  // namespace pail::cli
