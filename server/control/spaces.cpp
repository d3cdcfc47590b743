#include "control/handlers.h"
#include "error/try.h"

namespace pail::control {
namespace {

/// Keys are shown without their secrets: those are the ones that the caller has already.
Json describe(const Powers& powers, const std::string& name) {
  Json json;
  json["name"] = name;
  json["access_key_ids"] = Json::array();
  for (const std::string& id : powers.spaces.settings().credentials.access_key_ids()) {
    json["access_key_ids"].push_back(name == space::kDefaultName ? id : id + "." + name);
  }
  return json;
}

}  // namespace

Task<Answer<Reply>> list_spaces(Powers& powers, const Call&) {
  Json json;
  json["spaces"] = Json::array();
  for (const std::string& name : powers.spaces.names()) {
    json["spaces"].push_back(describe(powers, name));
  }
  co_return json_reply(json);
}

Task<Answer<Reply>> make_space(Powers& powers, const Call& call) {
  const std::string& name = call.names.at("space");
  const auto made = powers.spaces.find_or_make(name);
  if (!made) co_return refuse(400, made.error());
  co_return json_reply(describe(powers, name));
}

Task<Answer<Reply>> drop_space(Powers& powers, const Call& call) {
  const std::string& name = call.names.at("space");
  if (name == space::kDefaultName) {
    co_return refuse(400, "the space 'default' is always there; empty it with POST /_pail/reset");
  }
  if (!powers.spaces.drop(name)) co_return refuse(404, "there is no space '" + name + "'");
  co_return Reply{204, "", ""};
}

}  // namespace pail::control
