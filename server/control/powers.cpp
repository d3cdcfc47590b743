#include "control/powers.h"

#include <utility>

namespace pail::control {

Answer<ChosenSpace> ChosenSpace::of(Powers& powers, const Call& call) {
  const auto name = call.query.find("space");
  if (!name || *name == space::kDefaultName) return ChosenSpace(powers.spaces.home());
  auto guest = powers.spaces.find(*name);
  if (!guest) {
    return refuse(404, "there is no space '" + std::string(*name) +
                           "': make it with PUT /_pail/spaces/" + std::string(*name) +
                           ", or sign a request with '<access key id>." + std::string(*name) + "'");
  }
  return ChosenSpace(std::move(guest));
}

Reply json_reply(const Json& json, int status) {
  // What is not UTF-8 came from a client; it is shown, not refused.
  return {status, "application/json",
          json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"};
}

}  // namespace pail::control
