#include "cli/toml.h"

#include <algorithm>
#include <utility>

#include <toml++/toml.h>

#include "error/try.h"

namespace pail::cli {
namespace {

Unexpected<std::string> complain(const toml::source_region& place, std::string_view what) {
  return {"line " + std::to_string(place.begin.line) + ": " + std::string(what)};
}

/// The library's descriptions name kinds and single characters, but for one that repeats the number
/// that it could not take; and what stands in place of a value may be a secret.
std::string_view without_value(std::string_view description) {
  const bool has_value = description.find("is not representable") != std::string_view::npos;
  return has_value ? "the number is too large" : description;
}

Result<std::string, std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return std::string(flag->get() ? "true" : "false");
  return complain(node.source(), "expected a \"string\", a whole number, true or false");
}

Result<std::vector<std::string>, std::string> values_of(const toml::node& node) {
  std::vector<std::string> values;
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    PAIL_TRY(auto value, text_of(node));
    values.push_back(std::move(value));
    return values;
  }
  for (const toml::node& item : *array) {
    PAIL_TRY(auto value, text_of(item));
    values.push_back(std::move(value));
  }
  return values;
}

using Placed = std::vector<std::pair<toml::source_position, TomlEntry>>;

constexpr std::size_t kTableDepthMost = 4;

/// The entries of a table and of those in it. `inside` is how a complaint's entry would begin.
Result<void, std::string> collect(const toml::table& table, const TomlEntry& inside,
                                  Placed& placed) {
  for (const auto& [key, node] : table) {
    TomlEntry entry = inside;
    entry.path.emplace_back(key.str());
    if (node.is_array_of_tables() || entry.path.size() > kTableDepthMost) {
      return complain(node.source(), "no table is expected here");
    }
    if (const toml::table* inner = node.as_table()) {
      PAIL_CHECK(collect(*inner, entry, placed));
      // That there is such a table may be all there is to say.
      if (!inner->empty()) continue;
    } else {
      PAIL_TRY(entry.values, values_of(node));
    }
    placed.emplace_back(key.source().begin, std::move(entry));
  }
  return {};
}

}  // namespace

Result<std::vector<TomlEntry>, std::string> read_toml(std::string_view text,
                                                      std::span<const std::string_view> tables) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return complain(parsed.error().source(), without_value(parsed.error().description()));
  }
  Placed placed;
  for (const auto& [key, node] : parsed.table()) {
    TomlEntry entry{std::string(key.str()), {}, {}};
    const bool may_be_table = std::ranges::find(tables, key.str()) != tables.end();
    if (const toml::table* table = node.as_table(); table != nullptr && may_be_table) {
      PAIL_CHECK(collect(*table, entry, placed));
      continue;
    }
    if (node.is_table() || node.is_array_of_tables()) {
      return complain(node.source(), "there are no [tables] here; write name = value");
    }
    PAIL_TRY(entry.values, values_of(node));
    placed.emplace_back(key.source().begin, std::move(entry));
  }
  // The library sorts by name; people expect to hear of the first mistake first.
  std::ranges::sort(placed, {}, [](const auto& entry) {
    return std::pair(entry.first.line, entry.first.column);
  });
  std::vector<TomlEntry> entries;
  entries.reserve(placed.size());
  for (auto& [place, entry] : placed) entries.push_back(std::move(entry));
  return entries;
}

}  // namespace pail::cli
