#pragma once

#include <string>
#include <vector>

#include "journal/explain.h"

namespace pail::journal {

/// What kind of failure the entry is, from its code and what was recorded of the refusal.
Cause find_cause(const RequestRecord& record);

/// What to do about it.
std::vector<std::string> next_steps(const RequestRecord& record, Cause cause);

/// The value of the element of the error, "" if it is not there.
std::string refusal_field(const RequestRecord& record, std::string_view name);

}  // namespace pail::journal
