#include "lifecycle/rule_checks.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "error/try.h"
#include "lifecycle/transition_checks.h"

namespace pail::lifecycle {
namespace {

constexpr std::size_t kRulesMost = 1000;
constexpr std::size_t kIdCharactersMost = 255;
constexpr std::size_t kPrefixBytesMost = 1024;
constexpr std::size_t kTagKeyCharactersMost = 128;
constexpr std::size_t kTagValueCharactersMost = 256;
constexpr std::int64_t kSizeMostBytes = 1'099'511'627'776'000;

Unexpected<S3Error> invalid(std::string message) {
  return fail(S3ErrorCode::InvalidRequest, std::move(message));
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

S3Result<void> check_id(const std::string& id, std::set<std::string_view>& seen) {
  if (id.empty()) return {};
  if (characters(id) > kIdCharactersMost) {
    return invalid_argument("ID length should not exceed allowed limit of 255", "ID", id);
  }
  if (seen.insert(id).second) return {};
  return invalid_argument("Rule ID must be unique. Found same ID for more than one rule", "ID", id);
}

/// A document is of the older form or of the newer, as its first rule is.
S3Result<void> check_form(const Rule& rule, bool is_older) {
  const bool has_prefix = rule.filter.form == Filter::Form::kRulePrefix;
  if (is_older && !has_prefix) {
    return invalid("Filter element can only be used in Lifecycle V2.");
  }
  if (!is_older && has_prefix) {
    return invalid(
        "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the "
        "Filter.");
  }
  return {};
}

S3Result<void> check_tags(const std::vector<model::NamedValue>& tags) {
  std::set<std::string_view> keys;
  for (const model::NamedValue& tag : tags) {
    if (tag.name.empty() || characters(tag.name) > kTagKeyCharactersMost) {
      return invalid("A Tag's Key must be a length between 1 and 128.");
    }
    if (characters(tag.value) > kTagValueCharactersMost) {
      return invalid("A Tag's Value must be a length between 0 and 256.");
    }
    if (!keys.insert(tag.name).second) return invalid("Duplicate Tag Keys are not allowed.");
  }
  return {};
}

S3Result<void> check_size(const char* name, std::optional<std::int64_t> size, std::int64_t least) {
  if (!size || (*size >= least && *size <= kSizeMostBytes)) return {};
  return invalid("'" + std::string(name) + "' should be between " + std::to_string(least) +
                 " and " + std::to_string(kSizeMostBytes) + ".");
}

S3Result<void> check_filter(const Filter& filter) {
  if (filter.prefix && filter.prefix->size() > kPrefixBytesMost) {
    return invalid("The maximum size of a prefix is 1024.");
  }
  PAIL_CHECK(check_tags(filter.tags));
  PAIL_CHECK(check_size("ObjectSizeGreaterThan", filter.size_greater_than_bytes, 0));
  PAIL_CHECK(check_size("ObjectSizeLessThan", filter.size_less_than_bytes, 1));
  if (filter.size_greater_than_bytes && filter.size_less_than_bytes &&
      *filter.size_less_than_bytes <= *filter.size_greater_than_bytes) {
    return invalid("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.");
  }
  return {};
}

S3Result<void> check_positive(const char* name, const char* action,
                              std::optional<std::int32_t> number) {
  if (!number || *number > 0) return {};
  return invalid_argument(
      "'" + std::string(name) + "' for " + action + " action must be a positive integer", name,
      std::to_string(*number));
}

/// Delete markers and uploads have neither tags nor sizes.
S3Result<void> check_plain_filter(const Filter& filter, const std::string& action) {
  if (!filter.tags.empty()) return invalid(action + " cannot be specified with Tags.");
  if (filter.size_greater_than_bytes || filter.size_less_than_bytes) {
    return invalid(action + " cannot be specified with Object Size.");
  }
  return {};
}

S3Result<void> check_newer_versions(const Rule& rule, const char* action,
                                    std::optional<std::int32_t> newer_versions) {
  if (newer_versions && rule.filter.form == Filter::Form::kRulePrefix) {
    return invalid("NewerNoncurrentVersions element can only be used in Lifecycle V2.");
  }
  return check_positive("NewerNoncurrentVersions", action, newer_versions);
}

S3Result<void> check_expirations(const Rule& rule) {
  if (rule.expiration) {
    PAIL_CHECK(check_positive("Days", "Expiration", rule.expiration->when.days));
    if (rule.expiration->when.date) PAIL_CHECK(check_midnight(*rule.expiration->when.date));
    if (rule.expiration->expired_delete_marker) {
      PAIL_CHECK(check_plain_filter(rule.filter, "ExpiredObjectDeleteMarker"));
    }
  }
  if (rule.noncurrent_expiration) {
    constexpr const char* kAction = "NoncurrentVersionExpiration";
    PAIL_CHECK(
        check_positive("NoncurrentDays", kAction, rule.noncurrent_expiration->noncurrent_days));
    PAIL_CHECK(check_newer_versions(rule, kAction, rule.noncurrent_expiration->newer_versions));
  }
  for (const NoncurrentTransition& transition : rule.noncurrent_transitions) {
    PAIL_CHECK(
        check_newer_versions(rule, "NoncurrentVersionTransition", transition.newer_versions));
  }
  return {};
}

S3Result<void> check_rule(const Rule& rule) {
  PAIL_CHECK(check_filter(rule.filter));
  if (!rule.expiration && rule.transitions.empty() && !rule.noncurrent_expiration &&
      rule.noncurrent_transitions.empty() && !rule.abort_upload_after_days) {
    return invalid("At least one action needs to be specified in a rule");
  }
  PAIL_CHECK(check_expirations(rule));
  if (rule.abort_upload_after_days) {
    constexpr const char* kAction = "AbortIncompleteMultipartUpload";
    PAIL_CHECK(check_positive("DaysAfterInitiation", kAction, rule.abort_upload_after_days));
    PAIL_CHECK(check_plain_filter(rule.filter, kAction));
  }
  return check_transitions(rule);
}

/// The name of an action that both rules have, or nullptr.
const char* shared_action(const Rule& first, const Rule& second) {
  if (first.expiration && second.expiration) return "Expiration";
  if (!first.transitions.empty() && !second.transitions.empty()) return "Transition";
  if (first.noncurrent_expiration && second.noncurrent_expiration) {
    return "NoncurrentVersionExpiration";
  }
  if (!first.noncurrent_transitions.empty() && !second.noncurrent_transitions.empty()) {
    return "NoncurrentVersionTransition";
  }
  if (first.abort_upload_after_days && second.abort_upload_after_days) {
    return "AbortIncompleteMultipartUpload";
  }
  return nullptr;
}

/// Documents of the older form may not say two things about one object.
S3Result<void> check_overlaps(const std::vector<Rule>& rules) {
  std::vector<const Rule*> sorted;
  sorted.reserve(rules.size());
  for (const Rule& rule : rules) sorted.push_back(&rule);
  std::ranges::stable_sort(sorted, {},
                           [](const Rule* rule) { return std::string_view(*rule->filter.prefix); });
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::string& shorter = *sorted[i]->filter.prefix;
    for (std::size_t j = i + 1; j < sorted.size(); ++j) {
      const std::string& longer = *sorted[j]->filter.prefix;
      if (!longer.starts_with(shorter)) break;  // nor do those behind it
      if (longer == shorter) return invalid("Found two rules with same prefix '" + shorter + "'");
      const char* action = shared_action(*sorted[i], *sorted[j]);
      if (action == nullptr) continue;
      return invalid("Found overlapping prefixes '" + shorter + "' and '" + longer +
                     "' for same action type '" + action + "'");
    }
  }
  return {};
}

}  // namespace

S3Result<void> check_rules(const std::vector<Rule>& rules) {
  if (rules.empty()) return fail(S3ErrorCode::MalformedXML);
  if (rules.size() > kRulesMost) {
    return invalid(
        "The number of lifecycle rules must not exceed the allowed limit of 1000 rules.");
  }
  const bool is_older = rules.front().filter.form == Filter::Form::kRulePrefix;
  std::set<std::string_view> ids;
  for (const Rule& rule : rules) {
    PAIL_CHECK(check_id(rule.id, ids));
    PAIL_CHECK(check_form(rule, is_older));
    PAIL_CHECK(check_rule(rule));
  }
  return is_older ? check_overlaps(rules) : S3Result<void>{};
}

}  // namespace pail::lifecycle
