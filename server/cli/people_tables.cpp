#include "cli/people_tables.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "cli/text_file.h"

namespace pail::cli {
namespace {

constexpr std::array<std::string_view, 5> kTables = {"accounts", "users", "roles", "policies",
                                                     "providers"};

/// What a field of a table becomes.
struct Field {
  std::string_view table;
  std::string_view name;
  std::string_view setting;
  char separator;  // between the name of the user and the value
  bool is_file;
};
constexpr std::array kFields = {
    Field{"accounts", "email", "account", ':', false},
    Field{"users", "account", "user", ':', false},
    Field{"users", "policy", "user-policy", '=', true},
    Field{"users", "tags", "user-tag", '=', false},
    Field{"roles", "account", "role", ':', false},
    Field{"roles", "trust", "role-trust", '=', true},
    Field{"roles", "policy", "role-policy", '=', true},
    Field{"roles", "tags", "role-tag", '=', false},
    Field{"roles", "session-most", "role-session-most", '=', false},
    Field{"policies", "document", "managed-policy", '=', true},
    Field{"providers", "issuer", "provider", ':', false},
    Field{"providers", "audience", "provider-audience", '=', false},
    Field{"providers", "keys", "provider-keys", '=', true},
};

std::string_view setting_of_table(std::string_view table) {
  if (table == "accounts") return "account";
  if (table == "policies") return "managed-policy";
  if (table == "providers") return "provider";
  return table == "users" ? "user" : "role";
}

/// A file is named from where the configuration file lies.
std::string relative_to(const std::string& file_name, const std::string& value) {
  if (is_document(value)) return value;
  return (std::filesystem::path(file_name).parent_path() / value).string();
}

void add(Layer& layer, std::string_view setting, std::string value, std::string origin) {
  layer[std::string(setting)].push_back({std::move(value), std::move(origin)});
}

}  // namespace

std::span<const std::string_view> people_table_names() { return kTables; }

Result<void, std::string> add_table_entry(const TomlEntry& entry, const std::string& file_name,
                                          Layer& layer) {
  const std::string& person = entry.path.front();
  const std::string table = "[" + entry.name + "." + person + "]";
  const std::string origin = table + " in " + file_name;
  if (entry.path.size() == 1) {
    if (!entry.values.empty()) {
      return Unexpected{"'" + person + "' in [" + entry.name + "] is no table; write " + table};
    }
    add(layer, setting_of_table(entry.name), person, origin);
    return {};
  }
  const std::string& name = entry.path[1];
  const auto* const field = std::ranges::find_if(
      kFields, [&](const Field& f) { return f.table == entry.name && f.name == name; });
  const bool is_tag = name == "tags";
  if (field == kFields.end() || entry.path.size() != (is_tag ? 3U : 2U)) {
    std::string known;
    for (const Field& f : kFields) {
      if (f.table == entry.name) known.append(known.empty() ? "" : ", ").append(f.name);
    }
    return Unexpected{"there is no '" + name + "' in " + table + "; it can have " + known};
  }
  // Whatever is said about somebody, he is there.
  if (field->setting != setting_of_table(entry.name)) {
    add(layer, setting_of_table(entry.name), person, origin);
  }
  for (const std::string& value : entry.values) {
    std::string given = person + field->separator;
    if (is_tag) given += entry.path[2] + "=";
    given += field->is_file ? relative_to(file_name, value) : value;
    add(layer, field->setting, std::move(given), name + " of " + origin);
  }
  return {};
}

}  // namespace pail::cli
