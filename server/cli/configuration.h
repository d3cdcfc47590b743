#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pail/options.h"
#include "pail/result.h"

#include "cli/environment.h"
#include "cli/setting.h"

namespace pail::cli {

enum class LogFormat { kHuman, kJson, kOff };

/// Where the certificate comes from.
struct TlsChoice {
  bool is_automatic = false;
  /// Both or neither.
  std::optional<std::filesystem::path> certificate_file;
  std::optional<std::filesystem::path> key_file;

  [[nodiscard]] bool is_on() const { return is_automatic || certificate_file.has_value(); }
};

/// Everything that `pail serve` was told. A value.
struct ServeConfiguration {
  /// Without tls and on_request, which need files and a log. Policies may still be the names of
  /// their files: see read_policy_files().
  ServerOptions server;
  TlsChoice tls;
  LogFormat log = LogFormat::kHuman;
  std::optional<std::filesystem::path> ready_file;
  /// Scenarios and rules that are in force from the start: see add_faults().
  std::vector<std::string> faults;
  /// The variable that holds the secret of server.credentials.front(), if one does.
  std::string secret_variable;
};

/// The settings of `pail serve`, in the order in which --help and the documents show them.
std::span<const Setting> serve_settings();

/// What was given, from the strongest source to the weakest.
struct ConfigurationSources {
  Layer flags;
  /// The process's variables over those of the application's .env file.
  Environment environment;
  Layer file;
};

/// Turns what was given into a configuration, checked as far as that goes without looking at the
/// machine. A setting is taken whole from its strongest source. The buckets, credentials, names and
/// public URLs of the application's own variables (S3_…, AWS_…, MINIO_…) are added to those; their
/// region is weaker than PAIL_REGION and stronger than the file. Pure. Fails with a sentence for
/// people that names the flag or variable; secrets are never quoted.
Result<ServeConfiguration, std::string> read_serve_configuration(
    const ConfigurationSources& sources);

}  // namespace pail::cli
