#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "pail/result.h"

#include "fault/fault_book.h"
#include "fault/rule.h"

// Rules as people write them (docs/FAULTS.md). Reading is strict: what is not known is refused with
// a sentence that names the field and what is possible, because a rule that never fires is worse
// than none.
namespace pail::fault {

/// One rule out of its JSON object. `operations`: the names of all operations, of which the
/// pattern has to meet one; empty: names are not checked.
Result<Rule, std::string> rule_from_json(const nlohmann::json& json,
                                         std::span<const std::string_view> operations);

/// A rule, or a list of rules. Of a list the sentence says which one is wrong.
Result<std::vector<Rule>, std::string> rules_from_json(
    const nlohmann::json& json, std::span<const std::string_view> operations);

/// As rules_from_json, of a text.
Result<std::vector<Rule>, std::string> read_rules(std::string_view text,
                                                  std::span<const std::string_view> operations);

/// What rule_from_json reads to the same rule; what is not set is left out.
nlohmann::ordered_json rule_to_json(const Rule& rule);

/// The same with the counts: "matched", "fired".
nlohmann::ordered_json report_to_json(const RuleReport& report);

}  // namespace pail::fault
