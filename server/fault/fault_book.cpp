#include "fault/fault_book.h"

#include <algorithm>
#include <set>
#include <utility>

#include "fault/draw.h"
#include "fault/rate_limiter.h"
#include "random/random.h"

namespace pail::fault {
namespace {

/// Takes what is not yet there, so that the first rule that says something has it.
template <typename T>
void take(std::optional<T>& into, const std::optional<T>& from) {
  if (!into) into = from;
}

void take(http::Pace& into, const http::Pace& from) {
  take(into.bytes_per_s, from.bytes_per_s);
  take(into.stall, from.stall);
}

void join(Effect& into, const Effect& from) {
  take(into.error, from.error);
  take(into.error_in_200, from.error_in_200);
  take(into.rate_limit, from.rate_limit);
  take(into.redirect, from.redirect);
  if (replaces_operation(from)) into.retry_after_s = from.retry_after_s;
  take(into.upload, from.upload);
  take(into.answer, from.answer);
  take(into.reset, from.reset);
  take(into.truncate_after_bytes, from.truncate_after_bytes);
  take(into.corrupt_at_byte, from.corrupt_at_byte);
  into.wrong_etag = into.wrong_etag || from.wrong_etag;
  into.wrong_checksum = into.wrong_checksum || from.wrong_checksum;
  take(into.date_offset_s, from.date_offset_s);
}

}  // namespace

/// A rule at work.
class FaultBook::Entry {
 public:
  Entry(Rule rule, time::Timestamp added)
      : report_{std::move(rule)}, added_(added), random_(report_.rule.seed) {
    if (const auto& limit = report_.rule.effect.rate_limit) limiter_.emplace(*limit);
  }

  [[nodiscard]] const Rule& rule() const { return report_.rule; }
  [[nodiscard]] const RuleReport& report() const { return report_; }

  /// Counts, and tells whether the rule fires.
  bool meets(const Sighting& sighting, time::Timestamp now) {
    if (!fits(rule().match, sighting) || is_over(now)) return false;
    ++report_.matched;
    if (!is_its_turn()) return false;
    if (limiter_ && limiter_->admit(rate_prefix(sighting), now)) return false;
    ++report_.fired;
    return true;
  }

  void add_to(Strike& strike) {
    join(strike.effect, rule().effect);
    if (rule().effect.latency) strike.latency += draw_latency(*rule().effect.latency, random_);
    if (!strike.rules.empty()) strike.rules += ", ";
    strike.rules += rule().name.empty() ? rule().id : rule().name;
  }

 private:
  [[nodiscard]] bool is_over(time::Timestamp now) const {
    const Trigger& trigger = rule().trigger;
    return (trigger.duration && now >= added_ + *trigger.duration) ||
           (trigger.until && now >= *trigger.until);
  }

  [[nodiscard]] bool is_its_turn() {
    const Trigger& trigger = rule().trigger;
    // Drawn for each match, so that the other conditions do not shift the sequence.
    const bool is_drawn = !trigger.probability || draw_fraction(random_) < *trigger.probability;
    const std::uint64_t skipped = trigger.after.value_or(0);
    if (trigger.count && report_.fired >= *trigger.count) return false;
    if (trigger.nth && report_.matched != *trigger.nth) return false;
    if (report_.matched <= skipped) return false;
    if (trigger.every && (report_.matched - skipped) % *trigger.every != 0) return false;
    return is_drawn;
  }

  RuleReport report_;
  time::Timestamp added_;
  random::SeededRandom random_;
  std::optional<RateLimiter> limiter_;
};

FaultBook::FaultBook(const time::Clock& clock) : clock_(clock) {}
FaultBook::~FaultBook() = default;

Result<std::vector<std::string>, std::string> FaultBook::add(std::vector<Rule> rules) {
  const time::Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  if (rules.size() > kRulesMost - entries_.size()) {
    return Unexpected{"there can be at most " + std::to_string(kRulesMost) + " fault rules"};
  }
  std::set<std::string, std::less<>> taken;
  for (const auto& entry : entries_) taken.insert(entry->rule().id);
  std::vector<std::string> ids;
  for (Rule& rule : rules) {
    if (rule.id.empty()) {
      do {
        rule.id = "fault-" + std::to_string(++ids_given_);
      } while (taken.contains(rule.id));
    }
    if (!taken.insert(rule.id).second) {
      return Unexpected{"there is already a fault rule with the id '" + rule.id + "'"};
    }
    ids.push_back(rule.id);
  }
  for (Rule& rule : rules) entries_.push_back(std::make_unique<Entry>(std::move(rule), now));
  rule_count_.store(entries_.size(), std::memory_order_relaxed);
  return ids;
}

bool FaultBook::remove(std::string_view id) {
  const std::lock_guard lock(mutex_);
  const auto removed =
      std::erase_if(entries_, [id](const auto& entry) { return entry->rule().id == id; });
  rule_count_.store(entries_.size(), std::memory_order_relaxed);
  return removed > 0;
}

void FaultBook::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
  rule_count_.store(0, std::memory_order_relaxed);
}

std::vector<RuleReport> FaultBook::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<RuleReport> reports;
  reports.reserve(entries_.size());
  for (const auto& entry : entries_) reports.push_back(entry->report());
  return reports;
}

std::optional<Strike> FaultBook::strike(const Sighting& sighting) {
  const time::Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  std::optional<Strike> strike;
  for (const auto& entry : entries_) {
    if (!entry->meets(sighting, now)) continue;
    if (!strike) strike.emplace();
    entry->add_to(*strike);
    if (replaces_operation(entry->rule().effect)) break;
  }
  return strike;
}

}  // namespace pail::fault
