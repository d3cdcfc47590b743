#include "operations/operation_table.h"

#include <algorithm>
#include <optional>

namespace pail::operations {
namespace {

using enum protocol::Method;
using enum protocol::Target;
using enum protocol::BodyKind;
using enum protocol::Entry;
using protocol::Markers;
using protocol::Method;
using protocol::OperationSpec;
using protocol::Query;
using protocol::Target;

constexpr OperationSpec kSpecs[] = {
#define S3_OPERATION(name, method, target, markers, action, body) \
  {#name, method, target, Markers markers, action, body, kSigned, true},
#define S3_PREFLIGHT(name, target) {#name, kOptions, target, {}, "-", kNone, kPreflight, true},
#define S3_FORM(name, target, action) {#name, kPost, target, {}, action, kStream, kForm, true},
#define S3_ACTION(name, action) \
  {#name, kPost, kService, Markers("Action=" #name), action, kNone, kAction, true},
#define S3_NOT_IMPLEMENTED(name, method, target, markers) \
  {#name, method, target, Markers markers, "", kNone, kSigned, false},
#include "operations/operations.def"
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED
};

constexpr Handler kHandlers[] = {
#define S3_OPERATION(name, method, target, markers, action, body) &handle<name>,
#define S3_PREFLIGHT(name, target) &handle<name>,
#define S3_FORM(name, target, action) &handle<name>,
#define S3_ACTION(name, action) &handle<name>,
#define S3_NOT_IMPLEMENTED(name, method, target, markers) nullptr,
#include "operations/operations.def"
#undef S3_OPERATION
#undef S3_PREFLIGHT
#undef S3_FORM
#undef S3_ACTION
#undef S3_NOT_IMPLEMENTED
};

consteval bool every_implemented_row_names_an_action() {
  return std::ranges::all_of(kSpecs, [](const OperationSpec& spec) {
    return !spec.is_implemented || !spec.action.empty();
  });
}
static_assert(every_implemented_row_names_an_action());

consteval bool same_markers(const Markers& a, const Markers& b) {
  if (a.count != b.count) return false;
  for (std::size_t i = 0; i < a.count; ++i) {
    bool found = false;
    for (std::size_t j = 0; j < b.count; ++j) found = found || a.names[i] == b.names[j];
    if (!found) return false;
  }
  return true;
}

consteval bool no_two_rows_match_the_same_request() {
  for (std::size_t i = 0; i < std::size(kSpecs); ++i) {
    for (std::size_t j = i + 1; j < std::size(kSpecs); ++j) {
      if (kSpecs[i].method == kSpecs[j].method && kSpecs[i].target == kSpecs[j].target &&
          same_markers(kSpecs[i].markers, kSpecs[j].markers)) {
        return false;
      }
    }
  }
  return true;
}
static_assert(no_two_rows_match_the_same_request());

constexpr auto kRows = [] {
  std::array<Row, std::size(kSpecs)> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table.at(i) = {kSpecs[i], kHandlers[i]};
  return table;
}();

/// What no row names, still with a name for the log.
constexpr Row kUnknown{{"Unknown", kGet, kService, {}, "", kNone, kSigned, false}, nullptr};
constexpr Row kMethodNotAllowed{{"MethodNotAllowed", kGet, kService, {}, "", kNone, kSigned, false},
                                nullptr};

constexpr Row kUnknownAction{{"UnknownAction", kPost, kService, {}, "", kNone, kAction, false},
                             nullptr};

constexpr std::size_t kTargets = 3;
constexpr std::size_t kMethods = 6;

/// The rows for a method on a target, and the names that tell operations on a target apart: what
/// every request is looked up in, made once.
struct Group {
  std::array<const Row*, std::size(kSpecs)> rows{};
  std::size_t count = 0;
};

/// Names in a query. Most queries have none of them, which the first letters tell.
class Names {
 public:
  constexpr void add(std::string_view name) {
    initials_.at(static_cast<unsigned char>(name.front())) = true;
    names_.at(count_++) = name;
  }
  [[nodiscard]] constexpr bool contains(std::string_view name) const {
    if (name.empty() || !initials_[static_cast<unsigned char>(name.front())]) return false;
    const auto* const end = names_.data() + count_;
    return std::find(names_.data(), end, name) != end;
  }

 private:
  std::array<bool, 256> initials_{};
  std::array<std::string_view, std::size(kSpecs) * Markers::kMost> names_{};
  std::size_t count_ = 0;
};

constexpr auto kGroups = [] {
  std::array<std::array<Group, kTargets>, kMethods> groups{};
  for (const Row& row : kRows) {
    Group& group = groups.at(static_cast<std::size_t>(row.spec.method))
                       .at(static_cast<std::size_t>(row.spec.target));
    group.rows.at(group.count++) = &row;
  }
  return groups;
}();

constexpr bool is_header(std::string_view marker) { return marker.starts_with('@'); }

/// With `is_whole`: the markers that are a name and nothing else. Without: the names of all.
constexpr std::array<Names, kTargets> names_by_target(bool is_whole) {
  std::array<Names, kTargets> by_target{};
  for (const OperationSpec& spec : kSpecs) {
    Names& names = by_target.at(static_cast<std::size_t>(spec.target));
    for (std::size_t i = 0; i < spec.markers.count; ++i) {
      const std::string_view marker = spec.markers.names.at(i);
      const std::string_view name = marker.substr(0, marker.find('='));
      const bool is_wanted = !is_header(marker) && (!is_whole || name == marker);
      if (is_wanted && !names.contains(name)) names.add(name);
    }
  }
  return by_target;
}
constexpr auto kSubResources = names_by_target(true);
constexpr auto kMarkerNames = names_by_target(false);

constexpr bool asks_for_query(const OperationSpec& spec) {
  const auto& names = spec.markers.names;
  return std::any_of(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(spec.markers.count),
                     [](std::string_view marker) { return !is_header(marker); });
}

std::optional<Method> parse_method(std::string_view method) {
  if (method == "GET") return kGet;
  if (method == "HEAD") return kHead;
  if (method == "PUT") return kPut;
  if (method == "POST") return kPost;
  if (method == "DELETE") return kDelete;
  if (method == "OPTIONS") return kOptions;
  return std::nullopt;
}

bool is_present(std::string_view marker, const Query& query, const http::HeaderMap& headers) {
  if (is_header(marker)) return headers.contains(marker.substr(1));
  const auto equals = marker.find('=');
  if (equals == std::string_view::npos) return query.contains(marker);
  return query.find(marker.substr(0, equals)) == marker.substr(equals + 1);
}

bool matches(const OperationSpec& spec, const Query& query, const http::HeaderMap& headers) {
  const auto& names = spec.markers.names;
  return std::all_of(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(spec.markers.count),
                     [&](std::string_view marker) { return is_present(marker, query, headers); });
}

/// Parameters of listings that mean nothing without a value, and are no sub-resource then either.
constexpr auto kPlainParameters = std::to_array<std::string_view>(
    {"bucket-region", "continuation-token", "delimiter", "encoding-type", "fetch-owner",
     "key-marker", "marker", "max-buckets", "max-keys", "max-parts", "max-uploads",
     "part-number-marker", "prefix", "start-after", "upload-id-marker", "version-id-marker"});

/// "?frobnicate": shaped like a sub-resource (letters and hyphens, no value). Anything else without
/// a value, such as the "?1732464000" that web pages append to get past caches, is ignored as AWS
/// ignores it.
bool is_shaped_like_sub_resource(const Query::Parameter& parameter) {
  return !parameter.has_value && !parameter.name.empty() &&
         std::ranges::find(kPlainParameters, parameter.name) == kPlainParameters.end() &&
         std::ranges::all_of(parameter.name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

/// Whether the name tells operations on such a target apart. These do not by themselves: "id" and
/// "annotationName" come beside another marker, and a GetObject takes "partNumber" as a parameter.
bool is_sub_resource_of(Target target, std::string_view name) {
  if (name == "id" || name == "annotationName" || name == "partNumber") return false;
  return kSubResources.at(static_cast<std::size_t>(target)).contains(name);
}

/// A sub-resource that the chosen row does not account for must not fall through to it, with or
/// without a value: "PUT /bucket?location=" creates no bucket.
bool has_stray_sub_resource(const OperationSpec& spec, const Query& query) {
  return std::ranges::any_of(query.parameters(), [&spec](const Query::Parameter& parameter) {
    const auto& own = spec.markers.names;
    if (std::ranges::find(own, parameter.name) != own.end()) return false;
    return is_shaped_like_sub_resource(parameter) ||
           is_sub_resource_of(spec.target, parameter.name);
  });
}

}  // namespace

std::span<const Row> rows() { return kRows; }

const Row& route_action(std::string_view action) {
  const auto* const found = std::ranges::find_if(kRows, [action](const Row& row) {
    return row.spec.entry == kAction && row.spec.name == action;
  });
  return found == kRows.end() ? kUnknownAction : *found;
}

const Row& route(std::string_view method_name, Target target, const Query& query,
                 const http::HeaderMap& headers) {
  const auto method = parse_method(method_name);
  if (!method) return kMethodNotAllowed;
  const auto target_index = static_cast<std::size_t>(target);
  const Names& names = kMarkerNames.at(target_index);
  const bool has_marker = std::ranges::any_of(
      query.parameters(),
      [&names](const Query::Parameter& parameter) { return names.contains(parameter.name); });
  const Group& group = kGroups.at(static_cast<std::size_t>(*method)).at(target_index);
  const Row* best = nullptr;
  for (std::size_t i = 0; i < group.count; ++i) {
    const Row& row = *group.rows.at(i);
    if (asks_for_query(row.spec) && !has_marker) continue;
    if (!matches(row.spec, query, headers)) continue;
    if (!best || row.spec.markers.count > best->spec.markers.count) best = &row;
  }
  if (best) return has_stray_sub_resource(best->spec, query) ? kUnknown : *best;
  const bool sub_resource = std::ranges::any_of(query.parameters(), is_shaped_like_sub_resource);
  return sub_resource ? kUnknown : kMethodNotAllowed;
}

}  // namespace pail::operations
