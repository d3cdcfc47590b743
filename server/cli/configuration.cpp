#include "cli/configuration.h"

#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/application_variables.h"
#include "cli/layers.h"
#include "cli/option_values.h"
#include "cli/people_settings.h"
#include "error/try.h"
#include "text/decimal.h"

namespace pail::cli {
namespace {

constexpr const char* kDefaultDirectory = ".pail";
constexpr std::uint16_t kDefaultPort = 9000;
constexpr std::uint64_t kThreadsMost = 1024;
constexpr std::uint64_t kJournalDefault = 0;  // it costs every request something
constexpr std::uint64_t kJournalMost = 1'000'000;
constexpr std::uint64_t kSeedMost = std::numeric_limits<std::uint64_t>::max();

const GivenValue* find_value(const Layer& layer, std::string_view name) {
  const auto found = layer.find(name);
  return found == layer.end() ? nullptr : &found->second.back();
}

bool is_true(const Layer& layer, std::string_view name) {
  const GivenValue* given = find_value(layer, name);
  return given != nullptr && given->value == "true";
}

/// Each value of a list, parsed; a complaint names where the value stood.
template <typename T>
Result<std::vector<T>, std::string> parse_list(const Layer& layer, std::string_view name,
                                               Result<T, std::string> (*parse)(std::string_view)) {
  std::vector<T> values;
  const auto found = layer.find(name);
  if (found == layer.end()) return values;
  for (const GivenValue& given : found->second) {
    auto value = parse(given.value);
    if (!value) return Unexpected{given.origin + " " + value.error()};
    values.push_back(std::move(value).value());
  }
  return values;
}

/// One of a few words; the first is what counts when nothing was given.
template <typename T, std::size_t N>
Result<T, std::string> parse_word(const Layer& layer, std::string_view name,
                                  const std::array<std::pair<std::string_view, T>, N>& words) {
  const GivenValue* given = find_value(layer, name);
  if (given == nullptr) return words.front().second;
  std::string allowed;
  for (const auto& [word, value] : words) {
    if (given->value == word) return value;
    allowed += (allowed.empty() ? "" : word == words.back().first ? " or " : ", ");
    allowed += word;
  }
  return Unexpected{given->origin + " is '" + given->value + "'; it can be " + allowed};
}

/// The strongest source that says anything about memory or a directory decides: --memory on a
/// machine where PAIL_DATA is set means memory.
Result<std::optional<std::filesystem::path>, std::string> choose_storage(
    std::span<const Layer* const> layers) {
  for (const Layer* layer : layers) {
    const GivenValue* directory = find_value(*layer, "data");
    if (is_true(*layer, "memory")) {
      if (directory == nullptr) return std::optional<std::filesystem::path>();
      return Unexpected{find_value(*layer, "memory")->origin + " and " + directory->origin +
                        " exclude each other"};
    }
    if (directory != nullptr) return std::optional(std::filesystem::path(directory->value));
  }
  return std::optional(std::filesystem::path(kDefaultDirectory));
}

Result<TlsChoice, std::string> choose_tls(const Layer& settings) {
  TlsChoice choice;
  constexpr std::array<std::pair<std::string_view, bool>, 2> kWords = {
      {{"off", false}, {"auto", true}}};
  PAIL_TRY(choice.is_automatic, parse_word(settings, "tls", kWords));
  const GivenValue* certificate = find_value(settings, "tls-cert");
  const GivenValue* key = find_value(settings, "tls-key");
  if (certificate != nullptr && key == nullptr) {
    return Unexpected{certificate->origin + " needs the private key: give --tls-key as well"};
  }
  if (key != nullptr && certificate == nullptr) {
    return Unexpected{key->origin + " needs the certificate: give --tls-cert as well"};
  }
  if (certificate == nullptr) return choice;
  if (choice.is_automatic) {
    return Unexpected{certificate->origin + " and " + find_value(settings, "tls")->origin +
                      " auto exclude each other"};
  }
  choice.certificate_file = certificate->value;
  choice.key_file = key->value;
  return choice;
}

/// Nothing if it was not given.
Result<std::optional<std::uint64_t>, std::string> choose_number(const Layer& settings,
                                                                std::string_view name,
                                                                std::uint64_t most) {
  const GivenValue* given = find_value(settings, name);
  if (given == nullptr) return std::optional<std::uint64_t>();
  const auto number = text::parse_decimal(given->value);
  if (!number || *number > most) {
    return Unexpected{given->origin + " is '" + given->value + "'; it can be 0 to " +
                      std::to_string(most)};
  }
  return number;
}

Result<std::optional<std::chrono::milliseconds>, std::string> choose_duration(
    const Layer& settings, std::string_view name) {
  const GivenValue* given = find_value(settings, name);
  if (given == nullptr) return std::optional<std::chrono::milliseconds>();
  auto duration = parse_duration(given->value);
  if (!duration) return Unexpected{given->origin + " " + duration.error()};
  return std::optional(*duration);
}

Result<std::vector<std::string>, std::string> host_names(const Layer& settings) {
  std::vector<std::string> names;
  for (const char* setting : {"host", "endpoint-url"}) {
    const auto found = settings.find(setting);
    if (found == settings.end()) continue;
    for (const GivenValue& given : found->second) {
      if (!has_host(given.value)) {
        return Unexpected{given.origin + " is '" + given.value + "', which names no host"};
      }
      names.push_back(given.value);
    }
  }
  return names;
}

std::string region(const ConfigurationSources& sources, const Layer& environment) {
  for (const Layer* layer : {&sources.flags, &environment}) {
    if (const GivenValue* given = find_value(*layer, "region")) return given->value;
  }
  for (const char* variable : {"S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (auto name = sources.environment.find(variable)) return *std::move(name);
  }
  const GivenValue* given = find_value(sources.file, "region");
  return given != nullptr ? given->value : ServerOptions{}.region;
}

}  // namespace

Result<ServeConfiguration, std::string> read_serve_configuration(
    const ConfigurationSources& sources) {
  PAIL_TRY(const Layer environment, environment_layer(serve_settings(), sources.environment));
  const Layer settings = merge_layers(merge_layers(sources.flags, environment), sources.file);

  ServeConfiguration configuration;
  ServerOptions& server = configuration.server;
  const std::array<const Layer*, 3> layers = {&sources.flags, &environment, &sources.file};
  PAIL_TRY(server.data_directory, choose_storage(layers));
  PAIL_TRY(server.listen, parse_list(settings, "listen", parse_listen));
  if (server.listen.empty()) server.listen = {ListenOption{.port = kDefaultPort}};
  server.region = region(sources, environment);
  PAIL_TRY(server.buckets, parse_list(settings, "bucket", parse_bucket));
  PAIL_TRY(server.credentials, parse_list(settings, "credential", parse_credential));
  PAIL_CHECK(add_people(settings, server));
  server.unverified_web_identities = is_true(settings, "unverified-web-identities");
  server.classic_buckets = is_true(settings, "classic-buckets");
  PAIL_TRY(server.public_bases, parse_list(settings, "public-base-url", parse_public_base));
  PAIL_TRY(server.host_names, host_names(settings));
  server.strict_host = is_true(settings, "strict-host");
  server.sigv2 = is_true(settings, "sigv2");
  PAIL_TRY(const auto threads, choose_number(settings, "threads", kThreadsMost));
  server.threads = static_cast<unsigned>(threads.value_or(0));
  PAIL_TRY(const auto journal, choose_number(settings, "journal", kJournalMost));
  server.journal_entries = journal.value_or(kJournalDefault);
  PAIL_TRY(server.deterministic_seed, choose_number(settings, "deterministic", kSeedMost));
  if (const auto faults = settings.find("fault"); faults != settings.end()) {
    for (const GivenValue& given : faults->second) configuration.faults.push_back(given.value);
  }
  if (const GivenValue* given = find_value(settings, "control-token")) {
    server.control_token = given->value;
  }
  server.sse_c_over_http = is_true(settings, "sse-c-over-http");
  PAIL_TRY(const auto lifecycle_day, choose_duration(settings, "lifecycle-day"));
  server.lifecycle_day = lifecycle_day.value_or(server.lifecycle_day);
  PAIL_TRY(server.lifecycle_interval, choose_duration(settings, "lifecycle-interval"));
  PAIL_TRY(configuration.tls, choose_tls(settings));
  constexpr std::array<std::pair<std::string_view, Durability>, 2> kDurabilities = {
      {{"process", Durability::kProcess}, {"power", Durability::kPower}}};
  PAIL_TRY(server.durability, parse_word(settings, "durability", kDurabilities));
  constexpr std::array<std::pair<std::string_view, LogFormat>, 3> kFormats = {
      {{"human", LogFormat::kHuman}, {"json", LogFormat::kJson}, {"off", LogFormat::kOff}}};
  PAIL_TRY(configuration.log, parse_word(settings, "log", kFormats));
  if (const GivenValue* given = find_value(settings, "ready-file")) {
    configuration.ready_file = given->value;
  }
  PAIL_CHECK(add_application_variables(sources.environment, configuration));
  return configuration;
}

}  // namespace pail::cli
