#include "control/route.h"

#include <algorithm>
#include <string>
#include <vector>

#include "error/try.h"
#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::control {
namespace {

using Names = std::map<std::string, std::string, std::less<>>;

/// The names in the path, if it is of that form.
std::optional<Names> match_path(std::string_view form, std::string_view path) {
  Names names;
  const auto wanted = text::split(form, '/');
  const auto given = text::split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{')) {
      if (given[i].empty()) return std::nullopt;
      names.emplace(wanted[i].substr(1, wanted[i].size() - 2), given[i]);
    } else if (wanted[i] != given[i]) {
      return std::nullopt;
    }
  }
  return names;
}

const Field* find_field(const Route& route, std::string_view name, Field::Place place) {
  const auto found = std::ranges::find_if(
      route.fields, [&](const Field& field) { return field.name == name && field.place == place; });
  return found == route.fields.end() ? nullptr : &*found;
}

std::string names_of(const Route& route, Field::Place place) {
  std::string names;
  for (const Field& field : route.fields) {
    if (field.place != place) continue;
    if (!names.empty()) names += ", ";
    names += field.name;
  }
  return names.empty() ? "nothing" : names;
}

Unexpected<Refusal> unknown(const Route& route, std::string_view name, Field::Place place) {
  const std::string where = place == Field::Place::kQuery ? "query" : "body";
  return refuse(400, "'" + std::string(name) + "' is not known in the " + where +
                         " of this call; it takes " + names_of(route, place));
}

bool is_of_type(const Json& value, Field::Type type) {
  switch (type) {
    case Field::Type::kString:
      return value.is_string();
    case Field::Type::kNumber:
      return value.is_number();
    case Field::Type::kInteger:
      return value.is_number_integer();
    case Field::Type::kBoolean:
      break;
  }
  return value.is_boolean();
}

}  // namespace

Match match_route(Call& call) {
  Match match;
  for (const Route& route : routes()) {
    auto names = match_path(route.path, call.path);
    if (!names) continue;
    if (route.method != call.method) {
      match.has_other_methods = true;
      continue;
    }
    call.names = std::move(*names);
    match.route = &route;
    return match;
  }
  return match;
}

Answer<void> check_fields(const Route& route, const Call& call) {
  for (const auto& parameter : call.query.parameters()) {
    const Field* field = find_field(route, parameter.name, Field::Place::kQuery);
    if (field == nullptr && route.reads_query) continue;
    if (field == nullptr) return unknown(route, parameter.name, Field::Place::kQuery);
    if (field->type == Field::Type::kInteger && !text::parse_decimal(parameter.value)) {
      return refuse(400,
                    "'" + parameter.name + "' has to be a number, not '" + parameter.value + "'");
    }
  }
  if (route.reads_body) return {};
  if (!call.body.is_object()) return refuse(400, "the body has to be a JSON object");
  for (const auto& [name, value] : call.body.items()) {
    const Field* field = find_field(route, name, Field::Place::kBody);
    if (field == nullptr) return unknown(route, name, Field::Place::kBody);
    if (!is_of_type(value, field->type)) {
      return refuse(400, "'" + name + "' is of the wrong type: " + std::string(field->meaning));
    }
  }
  return {};
}

}  // namespace pail::control
