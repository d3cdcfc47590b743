#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pail::cli {

enum class SettingKind {
  kValue,   // --region eu-central-1; the last one counts
  kList,    // --bucket a --bucket b; PAIL_BUCKET=a,b
  kSwitch,  // --memory; PAIL_MEMORY=1
};

/// One thing that can be set: as a flag (--tls-cert), as a variable (PAIL_TLS_CERT) and in the
/// configuration file (tls-cert). Everything else about it is derived from here.
struct Setting {
  std::string_view name;
  SettingKind kind = SettingKind::kValue;
  std::string_view placeholder;
  std::string_view help;
};

/// What somebody gave, and where, so that a complaint can name the place.
struct GivenValue {
  std::string value;
  std::string origin;  // "--listen", "PAIL_LISTEN", "listen in pail.toml"
};

/// Settings by name from one source. A switch has the one value "true" or "false". A setting that
/// was not given is not in it.
using Layer = std::map<std::string, std::vector<GivenValue>, std::less<>>;

/// "tls-cert" → "PAIL_TLS_CERT".
std::string variable_name(std::string_view setting_name);

/// Nullptr if there is no such setting.
const Setting* find_setting(std::span<const Setting> settings, std::string_view name);

}  // namespace pail::cli
