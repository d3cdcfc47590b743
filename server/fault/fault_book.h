#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

#include "fault/rule.h"
#include "fault/sighting.h"
#include "time/clock.h"

namespace pail::fault {

/// A rule and what became of it.
struct RuleReport {
  Rule rule;
  std::uint64_t matched = 0;
  std::uint64_t fired = 0;
};

/// What hits one request: the effects of all rules that fired, drawn and joined. A value.
struct Strike {
  /// At most one of those that replace the operation; a rate limit is here only if it is exceeded.
  Effect effect;
  std::chrono::microseconds latency{0};
  /// The names of the rules that fired, in order, for the journal: "throttle, slow".
  std::string rules;
};

/// The rules of a server or of a space. Thread-safe. The same rules, seeds, times and sequence of
/// requests give the same strikes.
class FaultBook {
 public:
  static constexpr std::size_t kRulesMost = 1000;

  /// Durations and rate limits are counted on `clock`, which outlives the book.
  explicit FaultBook(const time::Clock& clock);
  FaultBook(const FaultBook&) = delete;
  FaultBook& operator=(const FaultBook&) = delete;
  ~FaultBook();

  /// Whether there is nothing to ask: one relaxed load, for the way of all requests.
  [[nodiscard]] bool is_empty() const noexcept {
    return rule_count_.load(std::memory_order_relaxed) == 0;
  }

  /// Adds all rules behind the others, or none; returns their ids. Fails with a sentence for people
  /// when an id is taken or there are too many rules.
  Result<std::vector<std::string>, std::string> add(std::vector<Rule> rules);
  /// False when there is no such rule.
  bool remove(std::string_view id);
  void clear();
  /// In the order in which they are asked.
  [[nodiscard]] std::vector<RuleReport> list() const;

  /// Asks the rules in order and counts. One that replaces the operation is the last to be asked.
  /// Nothing when none fired.
  std::optional<Strike> strike(const Sighting& sighting);

 private:
  class Entry;

  const time::Clock& clock_;
  std::atomic<std::size_t> rule_count_{0};
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Entry>> entries_;
  std::uint64_t ids_given_ = 0;
};

}  // namespace pail::fault
