#include "journal/filter.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <utility>

#include "access/wildcard.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::journal {
namespace {

constexpr std::size_t kConditionBytesMost = 4096;

/// The conditions that are texts.
constexpr std::array<std::pair<std::string_view, std::string Filter::*>, 10> kTexts = {{
    {"operation", &Filter::operation},
    {"bucket", &Filter::bucket},
    {"key", &Filter::key},
    {"error_code", &Filter::error_code},
    {"access_key_id", &Filter::access_key_id},
    {"fault", &Filter::fault},
    {"request_id", &Filter::request_id},
    {"upload_id", &Filter::upload_id},
    {"user_agent", &Filter::user_agent},
    {"method", &Filter::method},
}};

bool fits(const std::string& pattern, const std::string& value) {
  if (pattern.empty()) return true;
  return !value.empty() && access::wildcard_match(pattern, value);
}

bool contains_ignoring_case(const std::string& text, const std::string& part) {
  return part.empty() || text::to_lower(text).find(text::to_lower(part)) != std::string::npos;
}

bool within(const std::optional<StatusRange>& range, int status) {
  return !range || (range->first <= status && status <= range->last);
}

std::optional<StatusRange> parse_status(std::string_view text) {
  if (text.size() != 3 || text[0] < '1' || text[0] > '5') return std::nullopt;
  if (text::equals_ignore_case(text.substr(1), "xx")) {
    const int first = (text[0] - '0') * 100;
    return StatusRange{first, first + 99};
  }
  const auto number = text::parse_decimal(text);
  if (!number) return std::nullopt;
  return StatusRange{static_cast<int>(*number), static_cast<int>(*number)};
}

Unexpected<std::string> wrong(std::string_view name, std::string_view wanted) {
  return {"'" + std::string(name) + "' must be " + std::string(wanted)};
}

Result<void, std::string> set_number_or_time(Filter& filter, std::string_view name,
                                             std::string_view value) {
  if (name == "status") {
    filter.status = parse_status(value);
    if (!filter.status) return wrong(name, "a status such as 404 or a class such as 4xx");
    return {};
  }
  if (name == "since") {
    filter.since = time::parse_iso8601(value);
    if (!filter.since) return wrong(name, "a time such as 2026-11-24T16:00:00Z");
    return {};
  }
  const auto number = text::parse_decimal(value);
  if (name == "after_sequence") {
    if (!number) return wrong(name, "a whole number");
    filter.after_sequence = *number;
    return {};
  }
  if (name == "min_attempt") {
    if (!number || *number > std::numeric_limits<std::uint32_t>::max()) {
      return wrong(name, "a whole number");
    }
    filter.min_attempt = static_cast<std::uint32_t>(*number);
    return {};
  }
  return Unexpected{"'" + std::string(name) + "' is no condition; there are " +
                    "operation, bucket, key, status, error_code, access_key_id, user_agent, "
                    "fault, method, request_id, upload_id, min_attempt, since, after_sequence"};
}

}  // namespace

bool matches(const Filter& filter, const Entry& entry) {
  const RequestRecord& record = entry.record;
  if (entry.sequence <= filter.after_sequence || record.attempt < filter.min_attempt) return false;
  if (!within(filter.status, record.status)) return false;
  if (filter.since && record.received < *filter.since) return false;
  if (!filter.method.empty() && !text::equals_ignore_case(filter.method, record.method)) {
    return false;
  }
  return fits(filter.operation, record.operation) && fits(filter.bucket, record.bucket) &&
         fits(filter.key, record.key) && fits(filter.error_code, record.error_code) &&
         fits(filter.access_key_id, record.access_key_id) && fits(filter.fault, record.fault) &&
         fits(filter.request_id, record.request_id) && fits(filter.upload_id, record.upload_id) &&
         contains_ignoring_case(record.user_agent, filter.user_agent);
}

Result<void, std::string> set_condition(Filter& filter, std::string_view name,
                                        std::string_view value) {
  const auto* const text =
      std::ranges::find(kTexts, name, [](const auto& row) { return row.first; });
  if (text == kTexts.end()) return set_number_or_time(filter, name, value);
  if (value.empty()) return wrong(name, "no empty text");
  if (value.size() > kConditionBytesMost) return wrong(name, "shorter than 4 KiB");
  filter.*(text->second) = value;
  return {};
}

}  // namespace pail::journal
