#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "control/call.h"
#include "control/powers.h"
#include "task/task.h"

namespace pail::control {

/// Something that a call may bring along. Whatever is not named by its route is refused.
struct Field {
  enum class Place { kQuery, kBody };
  enum class Type { kString, kNumber, kInteger, kBoolean };

  std::string_view name;
  Place place = Place::kQuery;
  Type type = Type::kString;
  std::string_view meaning;
};

/// One thing that the control interface can do: what is routed, checked and described in the
/// OpenAPI document.
struct Route {
  std::string_view method;
  /// Below "/_pail": "/snapshots/{name}".
  std::string_view path;
  /// How programs call it, for instance "saveSnapshot".
  std::string_view id;
  std::string_view summary;
  std::span<const Field> fields;
  Task<Answer<Reply>> (*run)(Powers&, const Call&);
  /// Whether it needs no token.
  bool is_open = false;
  /// Whether it checks its body, or its query, itself.
  bool reads_body = false;
  bool reads_query = false;
};

/// All of them.
std::span<const Route> routes();

/// A call's route, with the names that stand in its path; nothing if there is none. `allows` says
/// whether the path is there under another method.
struct Match {
  const Route* route = nullptr;
  bool has_other_methods = false;
};
Match match_route(Call& call);

/// Whether the call brings nothing but what the route names, each of the right type.
Answer<void> check_fields(const Route& route, const Call& call);

}  // namespace pail::control
