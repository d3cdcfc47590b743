#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pail/result.h"

#include "journal/entry.h"
#include "time/clock.h"

namespace pail::journal {

/// From `first` to `last`: one status, or a class of them.
struct StatusRange {
  int first = 0;
  int last = 0;
  bool operator==(const StatusRange&) const = default;
};

/// Which entries are meant: those for which every condition that is given holds. Patterns know '*'
/// (any text) and '?' (one byte) and want the whole value; none of them matches a value that is
/// missing, so "*" asks for there being one. A value.
struct Filter {
  // Patterns; empty: no condition.
  std::string operation;
  std::string bucket;
  std::string key;
  std::string error_code;
  std::string access_key_id;
  std::string fault;
  std::string request_id;
  std::string upload_id;
  /// A part of the User-Agent field, whatever its case; empty: no condition.
  std::string user_agent;
  std::string method;  // whatever its case
  std::optional<StatusRange> status;
  /// What came after this entry; 0: all.
  std::uint64_t after_sequence = 0;
  /// Received at this time or later.
  std::optional<time::Timestamp> since;
  /// At least this attempt of the SDK: 2 finds retries. 0: no condition.
  std::uint32_t min_attempt = 0;

  bool operator==(const Filter&) const = default;
};

bool matches(const Filter& filter, const Entry& entry);

/// Sets the condition of that name (the names of the members) from a text, as a query or a command
/// line has it: status "404" or "4xx", since in ISO 8601, numbers in digits. Fails with a sentence
/// that names the condition.
Result<void, std::string> set_condition(Filter& filter, std::string_view name,
                                        std::string_view value);

}  // namespace pail::journal
