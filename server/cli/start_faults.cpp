#include "cli/start_faults.h"

#include <nlohmann/json.hpp>

#include "text/decimal.h"

namespace pail::cli {
namespace {

using nlohmann::json;

/// What the control interface takes: rules as they are, a scenario with its seed.
std::string request_body(const std::string& fault) {
  if (fault.starts_with('{') || fault.starts_with('[')) return fault;
  const auto colon = fault.find(':');
  json body = {{"scenario", fault.substr(0, colon)}};
  if (colon != std::string::npos) {
    const auto seed = text::parse_decimal(fault.substr(colon + 1));
    body["seed"] = seed ? json(*seed) : json(fault.substr(colon + 1));
  }
  return body.dump();
}

}  // namespace

Result<void, std::string> add_faults(Server& server, const std::vector<std::string>& faults) {
  for (const std::string& fault : faults) {
    const auto reply = server.control("POST", "/faults", request_body(fault));
    if (reply.status < 400) continue;
    const json refusal = json::parse(reply.body, nullptr, false);
    return Unexpected{"--fault " + fault + ": " +
                      (refusal.is_object() ? refusal.value("error", reply.body) : reply.body)};
  }
  return {};
}

}  // namespace pail::cli
