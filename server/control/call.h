#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "pail/result.h"

#include "protocol/query.h"
#include "task/task.h"

namespace pail::control {

using Json = nlohmann::ordered_json;

/// Lets time pass for a call, in whatever way suits the one who calls.
class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual Task<void> wait(std::chrono::milliseconds time) = 0;
};

/// What somebody asks of the control interface.
struct Call {
  std::string method;
  /// Decoded, below "/_pail": "/snapshots/before".
  std::string path;
  protocol::Query query;
  /// What was sent as JSON; an empty object if nothing was.
  Json body = Json::object();
  /// What stands in the place of {names} in the path.
  std::map<std::string, std::string, std::less<>> names;
  Waiter* waiter = nullptr;  // never nullptr once it is carried out
};

/// Why a call was not carried out: an HTTP status and a sentence for people. A value.
struct Refusal {
  int status = 400;
  std::string reason;
};

template <typename T>
using Answer = Result<T, Refusal>;

inline Unexpected<Refusal> refuse(int status, std::string reason) {
  return Unexpected{Refusal{status, std::move(reason)}};
}

/// What goes back. A value.
struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
};

}  // namespace pail::control
