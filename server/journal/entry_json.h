#pragma once

#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "journal/entry.h"

namespace pail::journal {

enum class EntryForm {
  kSummary,  // what the request was, without its head
  kFull,     // with head and refusal, if they were recorded
};

/// An entry as JSON: the members are called as those of RequestRecord; those without a value are
/// left out. Times are UTC, durations in microseconds.
nlohmann::ordered_json entry_json(const Entry& entry, EntryForm form = EntryForm::kSummary);

/// One entry a line, each ended by a line feed. Bytes that are no UTF-8 are replaced.
std::string json_lines(std::span<const EntryPtr> entries, EntryForm form = EntryForm::kSummary);

/// JSON as text: bytes that are no UTF-8 (header fields may hold such) are replaced.
std::string json_text(const nlohmann::ordered_json& value);

}  // namespace pail::journal
