#pragma once

#include <string>

#include "pail/options.h"

namespace pail::cli {

/// One request as a line for people, without the end of line: local time, operation, where, status,
/// bytes, duration, request id, error code and, for failures, the hint. Control characters of keys
/// are written as \xHH, so that a request can neither break the line nor speak to the terminal.
std::string human_line(const RequestRecord& record, bool with_colours);

/// One request as a JSON object on one line, without the end of line. Times are UTC; durations in
/// microseconds; members without a value are left out.
std::string json_line(const RequestRecord& record);

}  // namespace pail::cli
