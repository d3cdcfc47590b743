#include <string_view>
#include <vector>

#include "control/handlers.h"
#include "error/try.h"
#include "fault/fault_book.h"
#include "fault/rule_json.h"
#include "fault/scenarios.h"
#include "operations/operation_table.h"

namespace pail::control {
namespace {

std::vector<std::string_view> operation_names() {
  std::vector<std::string_view> names;
  for (const operations::Row& row : operations::rows()) names.push_back(row.spec.name);
  return names;
}

/// {"scenario": "throttled", "seed": 7}
Answer<std::vector<fault::Rule>> scenario_of(const nlohmann::json& body) {
  for (const auto& [name, value] : body.items()) {
    if (name != "scenario" && name != "seed") {
      return refuse(400, "'" + name + "' is not known beside 'scenario'; it takes 'seed'");
    }
  }
  const auto& name = body["scenario"];
  if (!name.is_string()) return refuse(400, "'scenario' has to be a name");
  const auto seed = body.value("seed", nlohmann::json(1U));
  if (!seed.is_number_unsigned()) return refuse(400, "'seed' has to be a number, 0 or more");
  auto rules = fault::scenario_rules(name.get<std::string>(), seed.get<std::uint64_t>());
  if (rules) return std::move(*rules);
  std::string known;
  for (const fault::Scenario& scenario : fault::scenarios()) {
    known += (known.empty() ? "" : ", ") + std::string(scenario.name);
  }
  return refuse(400, "there is no scenario '" + name.get<std::string>() + "'; there are " + known);
}

/// A rule, a list of rules, {"rules": [...]} or a scenario.
Answer<std::vector<fault::Rule>> rules_of(const nlohmann::json& body) {
  if (body.is_object() && body.contains("scenario")) return scenario_of(body);
  const bool is_wrapped = body.is_object() && body.size() == 1 && body.contains("rules");
  auto rules = fault::rules_from_json(is_wrapped ? body["rules"] : body, operation_names());
  if (!rules) return refuse(400, rules.error());
  return std::move(*rules);
}

}  // namespace

Task<Answer<Reply>> list_faults(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  Json json;
  json["rules"] = Json::array();
  for (const auto& report : space->faults().list()) {
    json["rules"].push_back(fault::report_to_json(report));
  }
  co_return json_reply(json);
}

Task<Answer<Reply>> add_faults(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  PAIL_CO_TRY(auto rules, rules_of(nlohmann::json(call.body)));
  const auto ids = space->faults().add(std::move(rules));
  if (!ids) co_return refuse(409, ids.error());
  Json json;
  json["ids"] = *ids;
  co_return json_reply(json, 201);
}

Task<Answer<Reply>> remove_fault(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  const std::string& id = call.names.at("id");
  if (!space->faults().remove(id)) co_return refuse(404, "there is no rule '" + id + "'");
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> clear_faults(Powers& powers, const Call& call) {
  PAIL_CO_TRY(const auto space, ChosenSpace::of(powers, call));
  space->faults().clear();
  co_return Reply{204, "", ""};
}

Task<Answer<Reply>> list_scenarios(Powers&, const Call&) {
  Json json;
  json["scenarios"] = Json::array();
  for (const fault::Scenario& scenario : fault::scenarios()) {
    json["scenarios"].push_back({{"name", scenario.name}, {"summary", scenario.summary}});
  }
  co_return json_reply(json);
}

}  // namespace pail::control
