#include "lifecycle/due.h"

#include <algorithm>
#include <utility>

#include "lifecycle/storage_class.h"

namespace pail::lifecycle {
namespace {

/// Later than any date that can be written.
constexpr time::Timestamp kNever{std::chrono::sys_days(std::chrono::year(9999) / 12 / 31)};

bool has_tag(const std::vector<model::NamedValue>& tags, const model::NamedValue& wanted) {
  return std::ranges::find(tags, wanted) != tags.end();
}

bool fits_tags(const Filter& filter, const Subject& subject) {
  if (subject.tags == nullptr) return true;
  return std::ranges::all_of(filter.tags, [&subject](const model::NamedValue& wanted) {
    return has_tag(*subject.tags, wanted);
  });
}

bool fits_size(const Filter& filter, std::uint64_t size_bytes) {
  const auto size = static_cast<std::int64_t>(size_bytes);
  if (filter.size_greater_than_bytes && size <= *filter.size_greater_than_bytes) return false;
  return !filter.size_less_than_bytes || size < *filter.size_less_than_bytes;
}

bool applies(const Rule& rule, const Subject& subject) {
  return rule.is_enabled && subject.key.starts_with(rule.filter.prefix.value_or("")) &&
         fits_size(rule.filter, subject.size_bytes) && fits_tags(rule.filter, subject);
}

std::optional<time::Timestamp> due_time(const When& when, time::Timestamp since, Day day) {
  if (when.date) return when.date;
  if (when.days) return due_time(since, *when.days, day);
  return std::nullopt;
}

bool is_due(const When& when, const Subject& subject, time::Timestamp now, Day day) {
  const auto time = due_time(when, subject.last_modified, day);
  return time && *time <= now;
}

/// Whether enough time has passed, and enough newer versions keep this one from being kept.
bool is_due(std::int32_t noncurrent_days, std::optional<std::int32_t> newer_versions,
            const Subject& subject, time::Timestamp now, Day day) {
  if (newer_versions &&
      subject.newer_noncurrent_versions < static_cast<std::size_t>(*newer_versions)) {
    return false;
  }
  return due_time(subject.noncurrent_since, noncurrent_days, day) <= now;
}

/// A delete marker that nothing is left behind goes when a rule says so, or when it is old enough
/// for the expiration of objects, as AWS documents it.
Removal latest_removal(const Rule& rule, const Subject& subject, time::Timestamp now, Day day) {
  if (!rule.expiration) return Removal::kNone;
  const bool is_time = is_due(rule.expiration->when, subject, now, day);
  if (!subject.is_delete_marker) return is_time ? Removal::kExpire : Removal::kNone;
  if (!subject.is_alone) return Removal::kNone;
  return is_time || rule.expiration->expired_delete_marker.value_or(false) ? Removal::kRemove
                                                                           : Removal::kNone;
}

Removal removal_by(const Rule& rule, const Subject& subject, time::Timestamp now, Day day) {
  if (subject.is_latest) return latest_removal(rule, subject, now, day);
  const auto& action = rule.noncurrent_expiration;
  const bool goes =
      action && is_due(action->noncurrent_days, action->newer_versions, subject, now, day);
  return goes ? Removal::kRemove : Removal::kNone;
}

/// Collects the coldest class that an object may move to.
class ColdestClass {
 public:
  ColdestClass(const Subject& subject, MinimumTransitionSize setting)
      : subject_(subject), setting_(setting) {}

  void offer(const Rule& rule, const std::string& storage_class) {
    if (!can_transition(subject_.storage_class, storage_class)) return;
    const bool filters_sizes =
        rule.filter.size_greater_than_bytes || rule.filter.size_less_than_bytes;
    if (!filters_sizes && subject_.size_bytes < minimum_size_bytes(storage_class, setting_)) {
      return;
    }
    if (best_.empty() || storage_class_rank(best_) < storage_class_rank(storage_class)) {
      best_ = storage_class;
    }
  }
  [[nodiscard]] std::string take() { return std::move(best_); }

 private:
  const Subject& subject_;
  MinimumTransitionSize setting_;
  std::string best_;
};

void offer_transitions(const Rule& rule, const Subject& subject, time::Timestamp now, Day day,
                       ColdestClass& coldest) {
  if (subject.is_delete_marker) return;
  if (subject.is_latest) {
    for (const Transition& transition : rule.transitions) {
      if (is_due(transition.when, subject, now, day)) coldest.offer(rule, transition.storage_class);
    }
    return;
  }
  for (const NoncurrentTransition& transition : rule.noncurrent_transitions) {
    if (is_due(transition.noncurrent_days, transition.newer_versions, subject, now, day)) {
      coldest.offer(rule, transition.storage_class);
    }
  }
}

void keep_earlier(std::optional<Announcement>& best, time::Timestamp when, const Rule& rule) {
  if (!best || when < best->when) best = Announcement{when, rule.id};
}

}  // namespace

time::Timestamp due_time(time::Timestamp since, std::int32_t days, Day day) {
  if (days > (kNever - since) / day.length) return kNever;
  const time::Timestamp exact = since + day.length * std::int64_t{days};
  return day.is_true() ? time::Timestamp(std::chrono::ceil<std::chrono::days>(exact)) : exact;
}

Due find_due(const Configuration& configuration, const Subject& subject, time::Timestamp now,
             Day day) {
  Due due;
  ColdestClass coldest(subject, configuration.minimum_transition_size);
  for (const Rule& rule : configuration.rules) {
    if (!applies(rule, subject)) continue;
    due.removal = std::max(due.removal, removal_by(rule, subject, now, day));
    offer_transitions(rule, subject, now, day, coldest);
  }
  if (due.removal != Removal::kRemove) due.storage_class = coldest.take();
  return due;
}

std::optional<Announcement> next_expiration(const Configuration& configuration,
                                            const Subject& subject, Day day) {
  std::optional<Announcement> best;
  for (const Rule& rule : configuration.rules) {
    if (!rule.expiration || !applies(rule, subject)) continue;
    const auto when = due_time(rule.expiration->when, subject.last_modified, day);
    if (when) keep_earlier(best, *when, rule);
  }
  return best;
}

std::optional<Announcement> next_abort(const Configuration& configuration, std::string_view key,
                                       time::Timestamp initiated, Day day) {
  std::optional<Announcement> best;
  for (const Rule& rule : configuration.rules) {
    if (!rule.abort_upload_after_days || !applies(rule, {.key = key})) continue;
    keep_earlier(best, due_time(initiated, *rule.abort_upload_after_days, day), rule);
  }
  return best;
}

}  // namespace pail::lifecycle
