#include "access/policy_json.h"

#include <algorithm>
#include <set>
#include <utility>

#include "access/policy.h"

namespace pail::access {
namespace {

constexpr std::size_t kDepthMost = 32;
constexpr std::string_view kInvalidJson = "This policy contains invalid Json";

/// Looks at the brackets outside of strings before the parser does.
bool is_too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDepthMost) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

/// Remembers the names of the objects that are open, and the first that came twice.
class DuplicateNames {
 public:
  bool operator()(int, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      open_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      open_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      auto name = parsed.get<std::string>();
      if (!open_.back().insert(name).second && first_.empty()) first_ = std::move(name);
    }
    return true;
  }
  [[nodiscard]] const std::string& first() const { return first_; }

 private:
  std::vector<std::set<std::string>> open_;
  std::string first_;
};

}  // namespace

Unexpected<S3Error> malformed(std::string message) {
  return fail(S3ErrorCode::MalformedPolicy, std::move(message));
}

Unexpected<S3Error> malformed(std::string message, std::string detail) {
  return fail(
      S3Error(S3ErrorCode::MalformedPolicy, std::move(message)).with("Detail", std::move(detail)));
}

Unexpected<S3Error> invalid_syntax() { return malformed("Invalid policy syntax."); }

S3Result<Json> parse_policy_json(std::string_view text) {
  const auto too_large = [] {
    return malformed("Normalized policy document exceeds the maximum allowed size of " +
                     std::to_string(kPolicyBytesMost) + " bytes");
  };
  if (text.size() > kPolicyTextBytesMost) return too_large();
  if (text.empty() || text.front() != '{') return fail(S3ErrorCode::MalformedPolicy);
  if (is_too_deep(text)) return malformed(std::string(kInvalidJson));
  DuplicateNames duplicates;
  Json json = Json::parse(text, std::ref(duplicates), /*allow_exceptions=*/false);
  if (json.is_discarded() || !json.is_object()) return malformed(std::string(kInvalidJson));
  if (!duplicates.first().empty()) {
    return malformed("Statement/policy already has instance of " + duplicates.first());
  }
  if (json.dump().size() > kPolicyBytesMost) return too_large();
  return json;
}

S3Result<void> check_fields(const Json& object, std::span<const std::string_view> known) {
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(known, name) == known.end()) return malformed("Unknown field " + name);
  }
  return {};
}

S3Result<std::vector<std::string>> read_strings(const Json& json, std::string_view element) {
  if (json.is_string()) return std::vector<std::string>{json.get<std::string>()};
  if (!json.is_array()) return invalid_syntax();
  if (json.empty()) {
    return malformed("Missing required field " + std::string(element) + " cannot be empty!");
  }
  std::vector<std::string> values;
  for (const Json& value : json) {
    if (!value.is_string()) return invalid_syntax();
    values.push_back(value.get<std::string>());
  }
  return values;
}

S3Result<ElementChoice> choose_element(const Json& statement, const std::string& name) {
  const auto plain = statement.find(name);
  const auto negated = statement.find("Not" + name);
  if (plain != statement.end() && negated != statement.end()) {
    return malformed("Statement/policy already has instance of " + name);
  }
  if (plain != statement.end()) return ElementChoice{&*plain, false};
  if (negated != statement.end()) return ElementChoice{&*negated, true};
  return malformed("Missing required field " + name);
}

}  // namespace pail::access
