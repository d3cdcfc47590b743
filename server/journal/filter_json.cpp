#include "journal/filter_json.h"

#include <set>
#include <vector>

#include "error/try.h"
#include "time/date.h"

namespace pail::journal {
namespace {

using nlohmann::json;

constexpr std::size_t kFilterBytesMost = std::size_t{64} * 1024;
constexpr std::size_t kDepthMost = 4;

/// Text of a member as set_condition() takes it.
Result<std::string, std::string> condition_text(const std::string& name, const json& value) {
  const bool takes_number = name == "status" || name == "after_sequence" || name == "min_attempt";
  const bool takes_text = name != "after_sequence" && name != "min_attempt";
  if (takes_number && value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (takes_text && value.is_string()) return value.get<std::string>();
  if (!takes_text) return Unexpected{"'" + name + "' must be a whole number"};
  return Unexpected{"'" + name + "' must be a string" + (takes_number ? " or a number" : "")};
}

/// The library keeps the last of two members of one name; here they are a mistake. Remembers the
/// first that it sees.
class DuplicateWatch {
 public:
  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    if (depth > static_cast<int>(kDepthMost)) return false;
    if (event == json::parse_event_t::key && depth == 1) {
      const auto name = parsed.get<std::string>();
      if (!names_.insert(name).second) duplicate_ = name;
    }
    return true;
  }
  [[nodiscard]] const std::string& duplicate() const { return duplicate_; }

 private:
  std::set<std::string> names_;
  std::string duplicate_;
};

std::string status_text(const StatusRange& range) {
  return range.first == range.last ? std::to_string(range.first)
                                   : std::to_string(range.first / 100) + "xx";
}

}  // namespace

Result<Filter, std::string> parse_filter(std::string_view text) {
  if (text.size() > kFilterBytesMost) return Unexpected{std::string("the filter is too long")};
  DuplicateWatch watch;
  const json object = json::parse(
      text.begin(), text.end(),
      [&watch](int depth, json::parse_event_t event, json& parsed) {
        return watch(depth, event, parsed);
      },
      false);
  if (object.is_discarded()) return Unexpected{std::string("the filter is no JSON")};
  if (!watch.duplicate().empty()) {
    return Unexpected{"'" + watch.duplicate() + "' is given twice"};
  }
  return read_filter(object);
}

Result<Filter, std::string> read_filter(const json& object) {
  if (!object.is_object()) return Unexpected{std::string("a filter must be a JSON object")};
  Filter filter;
  for (const auto& [name, value] : object.items()) {
    if (!value.is_string() && !value.is_number_unsigned()) {
      // Names that are not known are the better complaint.
      PAIL_CHECK(set_condition(filter, name, "1"));
    }
    PAIL_TRY(const std::string text, condition_text(name, value));
    PAIL_CHECK(set_condition(filter, name, text));
  }
  return filter;
}

nlohmann::ordered_json filter_json(const Filter& filter) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  const auto add = [&object](const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
  };
  add("operation", filter.operation);
  add("bucket", filter.bucket);
  add("key", filter.key);
  if (filter.status) object["status"] = status_text(*filter.status);
  add("error_code", filter.error_code);
  add("access_key_id", filter.access_key_id);
  add("user_agent", filter.user_agent);
  add("fault", filter.fault);
  add("method", filter.method);
  add("request_id", filter.request_id);
  add("upload_id", filter.upload_id);
  if (filter.min_attempt != 0) object["min_attempt"] = filter.min_attempt;
  if (filter.since) object["since"] = time::format_iso8601(*filter.since);
  if (filter.after_sequence != 0) object["after_sequence"] = filter.after_sequence;
  return object;
}

}  // namespace pail::journal
