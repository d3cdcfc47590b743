#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "pail/result.h"

#include "journal/filter.h"

namespace pail::journal {

/// Reads {"operation": "Put*", "bucket": "photos", "status": "4xx", "min_attempt": 2}. Members are
/// the conditions of Filter; texts are strings, numbers whole numbers, status either. Fails with a
/// sentence that names the member: unknown, given twice, of the wrong type, out of range.
Result<Filter, std::string> parse_filter(std::string_view text);

/// The same of an object that was read already (in which nothing can be given twice).
Result<Filter, std::string> read_filter(const nlohmann::json& object);

/// Only the conditions that are given.
nlohmann::ordered_json filter_json(const Filter& filter);

}  // namespace pail::journal
