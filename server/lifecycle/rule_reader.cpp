#include "lifecycle/rule_reader.h"

#include <limits>
#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::lifecycle {
namespace {

Unexpected<S3Error> malformed() { return fail(S3ErrorCode::MalformedXML); }

S3Result<std::int64_t> read_long(const xml::Element& element) {
  const std::string text = element.text();
  const auto number = text::parse_signed_decimal(text::trim(text));
  if (!number) return malformed();
  return *number;
}

S3Result<std::int32_t> read_int(const xml::Element& element) {
  PAIL_TRY(const std::int64_t number, read_long(element));
  if (number < std::numeric_limits<std::int32_t>::min() ||
      number > std::numeric_limits<std::int32_t>::max()) {
    return malformed();
  }
  return static_cast<std::int32_t>(number);
}

S3Result<time::Timestamp> read_date(const xml::Element& element) {
  const std::string text = element.text();
  const auto date = time::parse_iso8601(text::trim(text));
  if (!date) return malformed();
  return *date;
}

S3Result<bool> read_bool(const xml::Element& element) {
  const std::string text = element.text();
  const std::string_view word = text::trim(text);
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  return malformed();
}

S3Result<bool> read_status(const xml::Element& element) {
  const std::string status = element.text();
  if (status == "Enabled") return true;
  if (status == "Disabled") return false;
  return malformed();
}

/// For elements that may be there once.
template <typename T>
S3Result<void> set_once(std::optional<T>& slot, S3Result<T> value) {
  if (slot) return malformed();
  PAIL_TRY(slot, std::move(value));
  return {};
}

S3Result<void> set_text(std::optional<std::string>& slot, const xml::Element& element) {
  return set_once(slot, S3Result<std::string>(element.text()));
}

S3Result<model::NamedValue> read_tag(const xml::Element& element) {
  std::optional<std::string> key;
  std::optional<std::string> value;
  for (const xml::Element& child : element.children()) {
    if (child.name() == "Key") {
      PAIL_CHECK(set_text(key, child));
    } else if (child.name() == "Value") {
      PAIL_CHECK(set_text(value, child));
    } else {
      return malformed();
    }
  }
  if (!key) return malformed();
  return model::NamedValue{std::move(*key), std::move(value).value_or("")};
}

S3Result<void> read_predicate(const xml::Element& element, Filter& filter) {
  const std::string_view name = element.name();
  if (name == "Prefix") return set_text(filter.prefix, element);
  if (name == "ObjectSizeGreaterThan") {
    return set_once(filter.size_greater_than_bytes, read_long(element));
  }
  if (name == "ObjectSizeLessThan") {
    return set_once(filter.size_less_than_bytes, read_long(element));
  }
  if (name != "Tag") return malformed();
  PAIL_TRY(auto tag, read_tag(element));
  filter.tags.push_back(std::move(tag));
  return {};
}

std::size_t predicates(const Filter& filter) {
  return filter.tags.size() + (filter.prefix ? 1U : 0U) +
         (filter.size_greater_than_bytes ? 1U : 0U) + (filter.size_less_than_bytes ? 1U : 0U);
}

/// A filter has one predicate or none, or an And with at least two.
S3Result<Filter> read_filter(const xml::Element& element) {
  const auto children = element.children();
  Filter filter;
  if (children.size() == 1 && children.front().name() == "And") {
    filter.form = Filter::Form::kAnd;
    for (const xml::Element& child : children.front().children()) {
      PAIL_CHECK(read_predicate(child, filter));
    }
    if (predicates(filter) < 2) return malformed();
    return filter;
  }
  for (const xml::Element& child : children) PAIL_CHECK(read_predicate(child, filter));
  if (predicates(filter) > 1) return malformed();
  return filter;
}

/// Whether the element is one of a When's; false leaves it alone.
S3Result<bool> read_when(const xml::Element& element, When& when) {
  if (element.name() == "Days") {
    PAIL_CHECK(set_once(when.days, read_int(element)));
    return true;
  }
  if (element.name() == "Date") {
    PAIL_CHECK(set_once(when.date, read_date(element)));
    return true;
  }
  return false;
}

S3Result<Expiration> read_expiration(const xml::Element& element) {
  Expiration expiration;
  for (const xml::Element& child : element.children()) {
    PAIL_TRY(const bool is_when, read_when(child, expiration.when));
    if (is_when) continue;
    if (child.name() != "ExpiredObjectDeleteMarker") return malformed();
    PAIL_CHECK(set_once(expiration.expired_delete_marker, read_bool(child)));
  }
  const int given = (expiration.when.days ? 1 : 0) + (expiration.when.date ? 1 : 0) +
                    (expiration.expired_delete_marker ? 1 : 0);
  if (given != 1) return malformed();
  return expiration;
}

S3Result<Transition> read_transition(const xml::Element& element) {
  Transition transition;
  std::optional<std::string> storage_class;
  for (const xml::Element& child : element.children()) {
    PAIL_TRY(const bool is_when, read_when(child, transition.when));
    if (is_when) continue;
    if (child.name() != "StorageClass") return malformed();
    PAIL_CHECK(set_text(storage_class, child));
  }
  if (transition.when.days.has_value() == transition.when.date.has_value() || !storage_class) {
    return malformed();
  }
  transition.storage_class = std::move(*storage_class);
  return transition;
}

/// What both actions on noncurrent versions have.
struct Noncurrent {
  std::optional<std::int32_t> days;
  std::optional<std::int32_t> newer_versions;
  std::optional<std::string> storage_class;
};

S3Result<Noncurrent> read_noncurrent(const xml::Element& element) {
  Noncurrent noncurrent;
  for (const xml::Element& child : element.children()) {
    if (child.name() == "NoncurrentDays") {
      PAIL_CHECK(set_once(noncurrent.days, read_int(child)));
    } else if (child.name() == "NewerNoncurrentVersions") {
      PAIL_CHECK(set_once(noncurrent.newer_versions, read_int(child)));
    } else if (child.name() == "StorageClass") {
      PAIL_CHECK(set_text(noncurrent.storage_class, child));
    } else {
      return malformed();
    }
  }
  if (!noncurrent.days) return malformed();
  return noncurrent;
}

S3Result<NoncurrentExpiration> read_noncurrent_expiration(const xml::Element& element) {
  PAIL_TRY(const Noncurrent read, read_noncurrent(element));
  if (read.storage_class) return malformed();
  return NoncurrentExpiration{*read.days, read.newer_versions};
}

S3Result<NoncurrentTransition> read_noncurrent_transition(const xml::Element& element) {
  PAIL_TRY(Noncurrent read, read_noncurrent(element));
  if (!read.storage_class) return malformed();
  return NoncurrentTransition{*read.days, read.newer_versions, std::move(*read.storage_class)};
}

S3Result<std::int32_t> read_abort(const xml::Element& element) {
  std::optional<std::int32_t> days;
  for (const xml::Element& child : element.children()) {
    if (child.name() != "DaysAfterInitiation") return malformed();
    PAIL_CHECK(set_once(days, read_int(child)));
  }
  if (!days) return malformed();
  return *days;
}

/// A rule while its elements are read.
struct Draft {
  Rule rule;
  std::optional<std::string> id;
  std::optional<std::string> prefix;
  std::optional<bool> status;
  std::optional<Filter> filter;
};

S3Result<void> read_member(const xml::Element& element, Draft& draft) {
  const std::string_view name = element.name();
  Rule& rule = draft.rule;
  if (name == "ID") return set_text(draft.id, element);
  if (name == "Prefix") return set_text(draft.prefix, element);
  if (name == "Status") return set_once(draft.status, read_status(element));
  if (name == "Filter") return set_once(draft.filter, read_filter(element));
  if (name == "Expiration") return set_once(rule.expiration, read_expiration(element));
  if (name == "NoncurrentVersionExpiration") {
    return set_once(rule.noncurrent_expiration, read_noncurrent_expiration(element));
  }
  if (name == "AbortIncompleteMultipartUpload") {
    return set_once(rule.abort_upload_after_days, read_abort(element));
  }
  if (name == "Transition") {
    PAIL_TRY(auto transition, read_transition(element));
    rule.transitions.push_back(std::move(transition));
    return {};
  }
  if (name != "NoncurrentVersionTransition") return malformed();
  PAIL_TRY(auto transition, read_noncurrent_transition(element));
  rule.noncurrent_transitions.push_back(std::move(transition));
  return {};
}

}  // namespace

S3Result<Rule> read_rule(const xml::Element& element) {
  if (element.name() != "Rule") return malformed();
  Draft draft;
  for (const xml::Element& child : element.children()) PAIL_CHECK(read_member(child, draft));
  if (!draft.status || (!draft.prefix && !draft.filter)) return malformed();
  if (draft.prefix && draft.filter) {
    return fail(S3ErrorCode::InvalidRequest,
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in "
                "the Filter.");
  }
  Rule rule = std::move(draft.rule);
  rule.id = std::move(draft.id).value_or("");
  rule.is_enabled = *draft.status;
  if (draft.filter) {
    rule.filter = std::move(*draft.filter);
  } else {
    rule.filter.form = Filter::Form::kRulePrefix;
    rule.filter.prefix = std::move(draft.prefix);
  }
  return rule;
}

}  // namespace pail::lifecycle
