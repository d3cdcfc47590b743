#include "lifecycle/transition_checks.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

#include "error/try.h"
#include "lifecycle/storage_class.h"
#include "time/date.h"

namespace pail::lifecycle {
namespace {

using std::chrono::days;

/// The transitions of current or of noncurrent versions, with the names that messages use.
struct Steps {
  std::string_view action;
  std::string_view days_name;
  std::vector<Transition> transitions;
};

Steps noncurrent_steps(const Rule& rule) {
  Steps steps{"NoncurrentVersionTransition", "NoncurrentDays", {}};
  for (const NoncurrentTransition& transition : rule.noncurrent_transitions) {
    steps.transitions.push_back({{transition.noncurrent_days, {}}, transition.storage_class});
  }
  return steps;
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view name_of(const Steps& steps, const When& when) {
  return when.date ? "Date" : steps.days_name;
}

std::string value_of(const When& when) {
  return when.date ? time::format_iso8601(*when.date) : std::to_string(when.days.value_or(0));
}

/// A distance in days between two points of the same kind.
std::int64_t days_between(const When& first, const When& second) {
  if (first.date && second.date)
    return std::chrono::floor<days>(*second.date - *first.date).count();
  return std::int64_t{second.days.value_or(0)} - first.days.value_or(0);
}

S3Result<void> check_step(const Steps& steps, const Transition& step) {
  const std::string name(name_of(steps, step.when));
  if (!storage_class_rank(step.storage_class)) return fail(S3ErrorCode::MalformedXML);
  if (!is_transition_target(step.storage_class)) {
    return invalid_argument(
        "Invalid target Storage class for " + std::string(steps.action) + " action", "StorageClass",
        step.storage_class);
  }
  if (step.when.date) return check_midnight(*step.when.date);
  const std::int32_t given_days = step.when.days.value_or(0);
  if (given_days < 0) {
    return invalid_argument(
        in_quotes(name) + " in " + std::string(steps.action) + " action must be nonnegative", name,
        value_of(step.when));
  }
  const std::int32_t least_days = minimum_age_days(step.storage_class);
  if (given_days < least_days) {
    return invalid_argument(in_quotes(name) + " in " + std::string(steps.action) +
                                " action must be greater than or equal to " +
                                std::to_string(least_days) + " for storageClass " +
                                in_quotes(step.storage_class),
                            name, value_of(step.when));
  }
  return {};
}

S3Result<void> check_distinct_classes(const Steps& steps, const Filter& filter) {
  for (std::size_t i = 0; i < steps.transitions.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (steps.transitions[i].storage_class != steps.transitions[j].storage_class) continue;
      return fail(S3ErrorCode::InvalidRequest,
                  "'StorageClass' must be different for " + in_quotes(steps.action) +
                      " actions in same 'Rule' with " + describe(filter));
    }
  }
  return {};
}

/// "'Days' in the 'Transition' action for StorageClass 'GLACIER' for filter '(prefix=)'".
std::string place(const Steps& steps, const Transition& step) {
  return " in the " + in_quotes(steps.action) + " action for StorageClass " +
         in_quotes(step.storage_class);
}

/// AWS names the filter where it means the number of days when a distance is too short (recorded).
S3Result<void> check_pair(const Steps& steps, const Filter& filter, const Transition& upper,
                          const Transition& lower) {
  const std::int64_t gap_days = days_between(upper.when, lower.when);
  const std::int32_t stay_days = minimum_stay_days(upper.storage_class);
  if (gap_days >= stay_days) return {};
  const std::string name(name_of(steps, lower.when));
  const std::string where = describe(filter);
  std::string message = in_quotes(name) + place(steps, lower) + " for " + where + " must be ";
  if (gap_days <= 0) {
    message += "greater than " + in_quotes(name) + place(steps, upper) + " for " + where;
  } else {
    message +=
        std::to_string(stay_days) + " days more than " + in_quotes(where) + place(steps, upper);
  }
  return invalid_argument(std::move(message), name, value_of(lower.when));
}

/// Objects only move down the waterfall, so each class has to be reached after those above it.
S3Result<void> check_order(const Steps& steps, const Filter& filter) {
  auto by_class = steps.transitions;
  std::ranges::sort(by_class, {}, [](const Transition& step) {
    return storage_class_rank(step.storage_class).value_or(0);
  });
  for (std::size_t i = 1; i < by_class.size(); ++i) {
    PAIL_CHECK(check_pair(steps, filter, by_class[i - 1], by_class[i]));
  }
  return {};
}

S3Result<void> check_not_mixed(const Rule& rule) {
  bool has_dates = false;
  bool has_days = false;
  const auto look = [&](const When& when) {
    has_dates = has_dates || when.date.has_value();
    has_days = has_days || when.days.has_value();
  };
  for (const Transition& transition : rule.transitions) look(transition.when);
  if (rule.expiration) look(rule.expiration->when);
  if (!has_dates || !has_days) return {};
  return fail(S3ErrorCode::InvalidRequest,
              "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle "
              "rule for " +
                  describe(rule.filter));
}

S3Result<void> check_before_expiration(const Steps& steps, const Filter& filter,
                                       std::string_view expiration_action, const When& expiration) {
  for (const Transition& step : steps.transitions) {
    const bool is_before = expiration.date ? *step.when.date < *expiration.date
                                           : days_between(step.when, expiration) > 0;
    if (is_before) continue;
    const std::string name(name_of(steps, expiration));
    return invalid_argument(
        in_quotes(name) + " in the " + std::string(expiration_action) + " action for " +
            describe(filter) + " must be " + (expiration.date ? "later" : "greater") + " than " +
            in_quotes(name) + " in the " + std::string(steps.action) + " action",
        name, value_of(expiration));
  }
  return {};
}

S3Result<void> check_steps(const Steps& steps, const Filter& filter) {
  for (const Transition& step : steps.transitions) PAIL_CHECK(check_step(steps, step));
  return check_distinct_classes(steps, filter);
}

}  // namespace

std::string describe(const Filter& filter) {
  if (filter.form == Filter::Form::kRulePrefix) return "prefix " + in_quotes(*filter.prefix);
  std::string parts;
  const auto add = [&parts](const std::string& part) {
    parts += (parts.empty() ? "" : " and ") + part;
  };
  if (filter.size_greater_than_bytes) {
    add("objectsizegreaterthan=" + std::to_string(*filter.size_greater_than_bytes));
  }
  if (filter.size_less_than_bytes) {
    add("objectsizelessthan=" + std::to_string(*filter.size_less_than_bytes));
  }
  if (filter.prefix) add("prefix=" + *filter.prefix);
  for (const model::NamedValue& tag : filter.tags) {
    add("tag: key=" + tag.name + ", value=" + tag.value);
  }
  return "filter '(" + parts + ")'";
}

S3Result<void> check_midnight(time::Timestamp date) {
  if (date == std::chrono::floor<days>(date)) return {};
  return invalid_argument("'Date' must be at midnight GMT", "Date", time::format_iso8601(date));
}

S3Result<void> check_transitions(const Rule& rule) {
  const Steps current{"Transition", "Days", rule.transitions};
  PAIL_CHECK(check_steps(current, rule.filter));
  PAIL_CHECK(check_not_mixed(rule));
  PAIL_CHECK(check_order(current, rule.filter));
  if (rule.expiration && !rule.expiration->expired_delete_marker) {
    PAIL_CHECK(check_before_expiration(current, rule.filter, "Expiration", rule.expiration->when));
  }
  const Steps noncurrent = noncurrent_steps(rule);
  PAIL_CHECK(check_steps(noncurrent, rule.filter));
  PAIL_CHECK(check_order(noncurrent, rule.filter));
  if (!rule.noncurrent_expiration) return {};
  return check_before_expiration(noncurrent, rule.filter, "NoncurrentVersionExpiration",
                                 {rule.noncurrent_expiration->noncurrent_days, {}});
}

}  // namespace pail::lifecycle
