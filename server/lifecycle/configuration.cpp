#include "lifecycle/configuration.h"

#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "error/try.h"
#include "lifecycle/rule_checks.h"
#include "lifecycle/rule_reader.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "time/date.h"
#include "xml/reader.h"
#include "xml/writer.h"

namespace pail::lifecycle {
namespace {

constexpr std::string_view kRoot = "LifecycleConfiguration";
constexpr std::string_view kAllClasses = "all_storage_classes_128K";
constexpr std::string_view kVaries = "varies_by_storage_class";

S3Result<std::vector<Rule>> read_rules(std::string_view xml) {
  const auto document = xml::Document::parse(xml);
  if (!document || document->root().name() != kRoot) return fail(S3ErrorCode::MalformedXML);
  std::vector<Rule> rules;
  for (const xml::Element& child : document->root().children()) {
    PAIL_TRY(Rule rule, read_rule(child));
    rules.push_back(std::move(rule));
  }
  return rules;
}

void write_predicates(xml::XmlWriter& xml, const Filter& filter) {
  if (filter.prefix) xml.element("Prefix", *filter.prefix);
  for (const model::NamedValue& tag : filter.tags) {
    xml.open("Tag");
    xml.element("Key", tag.name);
    xml.element("Value", tag.value);
    xml.close("Tag");
  }
  if (filter.size_greater_than_bytes) {
    xml.element("ObjectSizeGreaterThan", *filter.size_greater_than_bytes);
  }
  if (filter.size_less_than_bytes) xml.element("ObjectSizeLessThan", *filter.size_less_than_bytes);
}

void write_filter(xml::XmlWriter& xml, const Filter& filter) {
  if (filter.form == Filter::Form::kRulePrefix) {
    xml.element("Prefix", filter.prefix.value_or(""));
    return;
  }
  if (filter == Filter{}) {
    xml.raw("<Filter/>");
    return;
  }
  xml.open("Filter");
  if (filter.form == Filter::Form::kAnd) xml.open("And");
  write_predicates(xml, filter);
  if (filter.form == Filter::Form::kAnd) xml.close("And");
  xml.close("Filter");
}

void write_when(xml::XmlWriter& xml, const When& when) {
  if (when.days) xml.element("Days", *when.days);
  if (when.date) xml.element("Date", time::format_iso8601(*when.date));
}

void write_noncurrent(xml::XmlWriter& xml, std::int32_t noncurrent_days,
                      std::optional<std::int32_t> newer_versions) {
  xml.element("NoncurrentDays", noncurrent_days);
  if (newer_versions) xml.element("NewerNoncurrentVersions", *newer_versions);
}

void write_current_actions(xml::XmlWriter& xml, const Rule& rule) {
  for (const Transition& transition : rule.transitions) {
    xml.open("Transition");
    write_when(xml, transition.when);
    xml.element("StorageClass", transition.storage_class);
    xml.close("Transition");
  }
  if (!rule.expiration) return;
  xml.open("Expiration");
  write_when(xml, rule.expiration->when);
  if (rule.expiration->expired_delete_marker) {
    xml.element("ExpiredObjectDeleteMarker", *rule.expiration->expired_delete_marker);
  }
  xml.close("Expiration");
}

void write_noncurrent_actions(xml::XmlWriter& xml, const Rule& rule) {
  for (const NoncurrentTransition& transition : rule.noncurrent_transitions) {
    xml.open("NoncurrentVersionTransition");
    write_noncurrent(xml, transition.noncurrent_days, transition.newer_versions);
    xml.element("StorageClass", transition.storage_class);
    xml.close("NoncurrentVersionTransition");
  }
  if (!rule.noncurrent_expiration) return;
  xml.open("NoncurrentVersionExpiration");
  write_noncurrent(xml, rule.noncurrent_expiration->noncurrent_days,
                   rule.noncurrent_expiration->newer_versions);
  xml.close("NoncurrentVersionExpiration");
}

void write_rule(xml::XmlWriter& xml, const Rule& rule) {
  xml.open("Rule");
  if (!rule.id.empty()) xml.element("ID", rule.id);
  write_filter(xml, rule.filter);
  xml.element("Status", rule.is_enabled ? "Enabled" : "Disabled");
  write_current_actions(xml, rule);
  write_noncurrent_actions(xml, rule);
  if (rule.abort_upload_after_days) {
    xml.open("AbortIncompleteMultipartUpload");
    xml.element("DaysAfterInitiation", *rule.abort_upload_after_days);
    xml.close("AbortIncompleteMultipartUpload");
  }
  xml.close("Rule");
}

/// A random UUID (version 4) in its usual letters.
std::string random_uuid(random::Random& random) {
  std::string hex = random::random_hex(random, 16);
  constexpr std::string_view kVariants = "89ab";
  hex[12] = '4';
  hex[16] = kVariants[static_cast<unsigned char>(hex[16]) % kVariants.size()];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) hex.insert(at, 1, '-');
  return hex;
}

}  // namespace

S3Result<Configuration> parse_configuration(std::string_view xml) {
  Configuration configuration;
  PAIL_TRY(configuration.rules, read_rules(xml));
  PAIL_CHECK(check_rules(configuration.rules));
  return configuration;
}

void name_rules(Configuration& configuration, random::Random& random) {
  for (Rule& rule : configuration.rules) {
    if (rule.id.empty()) rule.id = text::base64_encode(text::as_bytes(random_uuid(random)));
  }
}

std::string render_configuration(const Configuration& configuration) {
  std::string text;
  xml::XmlWriter xml(text);
  xml.declaration();
  xml.open_root(kRoot);
  for (const Rule& rule : configuration.rules) write_rule(xml, rule);
  xml.close(kRoot);
  return text;
}

std::string_view minimum_transition_size_name(MinimumTransitionSize size) {
  return size == MinimumTransitionSize::kVariesByClass ? kVaries : kAllClasses;
}

S3Result<MinimumTransitionSize> parse_minimum_transition_size(std::string_view name) {
  if (name == kAllClasses) return MinimumTransitionSize::kAllClasses128K;
  if (name == kVaries) return MinimumTransitionSize::kVariesByClass;
  return fail(S3ErrorCode::InvalidRequest,
              "Invalid TransitionDefaultMinimumObjectSize found: " + std::string(name));
}

std::string to_stored(const Configuration& configuration) {
  return std::string(minimum_transition_size_name(configuration.minimum_transition_size)) + '\n' +
         render_configuration(configuration);
}

StoredConfiguration split_stored(std::string_view stored) {
  const auto end = stored.find('\n');
  if (end == std::string_view::npos) return {kAllClasses, stored};
  return {stored.substr(0, end), stored.substr(end + 1)};
}

S3Result<Configuration> from_stored(std::string_view stored) {
  const StoredConfiguration halves = split_stored(stored);
  Configuration configuration;
  PAIL_TRY(configuration.minimum_transition_size,
           parse_minimum_transition_size(halves.minimum_transition_size));
  PAIL_TRY(configuration.rules, read_rules(halves.document));
  return configuration;
}

}  // namespace pail::lifecycle
