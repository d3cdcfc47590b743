#include "fault/json_values.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "error/try.h"

namespace pail::fault {
namespace {

constexpr std::size_t kTextBytesMost = 1024;
constexpr std::size_t kTextsMost = 100;

std::string in_quotes(std::string_view word) { return "'" + std::string(word) + "'"; }

Unexpected<std::string> refuse(std::string_view field, const std::string& what) {
  return {in_quotes(field) + " must be " + what};
}

std::string number_text(double number) {
  const Json json =
      std::trunc(number) == number ? Json(static_cast<std::int64_t>(number)) : Json(number);
  return json.dump();
}

/// How many letters have to be changed, added or left out (Levenshtein).
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t changed = diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string alternatives(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += in_quotes(words[i]);
  }
  return text;
}

std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& words) {
  constexpr std::size_t kWordBytesMost = 64;
  std::string_view nearest;
  std::size_t nearest_distance = std::max<std::size_t>(1, word.size() / 3);
  if (word.size() > kWordBytesMost) return nearest;
  for (const std::string_view candidate : words) {
    const std::size_t found = distance(word, candidate);
    if (found <= nearest_distance && (nearest.empty() || found < nearest_distance)) {
      nearest = candidate;
      nearest_distance = found;
    }
  }
  return nearest;
}

Read<std::uint64_t> read_whole(const Json& json, std::string_view field, std::uint64_t least,
                               std::uint64_t most) {
  const bool is_whole =
      json.is_number_unsigned() || (json.is_number_integer() && json.get<std::int64_t>() >= 0);
  if (is_whole) {
    const auto number = json.get<std::uint64_t>();
    if (number >= least && number <= most) return number;
  }
  return refuse(field,
                "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

Read<std::int64_t> read_signed(const Json& json, std::string_view field, std::int64_t most) {
  if (json.is_number_unsigned()) {
    const auto number = json.get<std::uint64_t>();
    if (number <= static_cast<std::uint64_t>(most)) return static_cast<std::int64_t>(number);
  } else if (json.is_number_integer()) {
    const auto number = json.get<std::int64_t>();
    if (number >= -most) return number;
  }
  return refuse(field,
                "a whole number from -" + std::to_string(most) + " to " + std::to_string(most));
}

Read<double> read_number(const Json& json, std::string_view field, double least, double most) {
  if (json.is_number()) {
    const auto number = json.get<double>();
    if (number >= least && number <= most) return number;
  }
  return refuse(field, "a number from " + number_text(least) + " to " + number_text(most));
}

Read<std::string> read_text(const Json& json, std::string_view field) {
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    if (!text.empty() && text.size() <= kTextBytesMost) return text;
  }
  return refuse(field, "a text of 1 to " + std::to_string(kTextBytesMost) + " bytes");
}

Read<std::vector<std::string>> read_texts(const Json& json, std::string_view field) {
  std::vector<std::string> texts;
  if (!json.is_array()) {
    PAIL_TRY(auto only, read_text(json, field));
    texts.push_back(std::move(only));
    return texts;
  }
  if (json.empty() || json.size() > kTextsMost) {
    return refuse(field, "a text or a list of 1 to " + std::to_string(kTextsMost) + " texts");
  }
  for (const Json& each : json) {
    PAIL_TRY(auto text, read_text(each, field));
    texts.push_back(std::move(text));
  }
  return texts;
}

Read<bool> read_true(const Json& json, std::string_view field) {
  if (json.is_boolean()) return json.get<bool>();
  return refuse(field, "true or false");
}

Read<void> check_fields(const Json& json, std::string_view field,
                        std::initializer_list<std::string_view> required,
                        std::initializer_list<std::string_view> optional) {
  std::vector<std::string_view> known(required);
  known.insert(known.end(), optional);
  const std::string possible = "an object with " + alternatives(known);
  if (!json.is_object()) return refuse(field, possible);
  for (const auto& item : json.items()) {
    if (std::ranges::find(known, item.key()) == known.end()) {
      return Unexpected{"unknown field " + in_quotes(item.key()) + " in " + in_quotes(field) +
                        ": it must be " + possible};
    }
  }
  for (const std::string_view name : required) {
    if (!json.contains(name)) {
      return Unexpected{in_quotes(field) + " lacks " + in_quotes(name) + ": it must be " +
                        possible};
    }
  }
  return {};
}

}  // namespace pail::fault
