#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lifecycle/configuration.h"
#include "model/object.h"
#include "time/clock.h"

// What the rules of a bucket have to say about one object version or upload. All functions are
// pure.
namespace pail::lifecycle {

/// How long a day is to lifecycle rules. A shorter one lets tests see a year pass.
struct Day {
  static constexpr std::chrono::milliseconds kTrueLength = std::chrono::hours(24);
  std::chrono::milliseconds length = kTrueLength;

  /// True days begin at midnight UTC, and so does what is due; shorter ones begin anywhere.
  [[nodiscard]] bool is_true() const { return length == kTrueLength; }
};

/// When what takes `days` from `since` is due: AWS adds the days and rounds up to midnight UTC. At
/// most the end of the year 9999.
time::Timestamp due_time(time::Timestamp since, std::int32_t days, Day day);

/// An object version as rules look at it. Refers to the texts that it is made from; a value.
struct Subject {
  std::string_view key;
  std::uint64_t size_bytes = 0;
  /// nullptr: not known (yet); every predicate on tags is then taken to hold.
  const std::vector<model::NamedValue>* tags = nullptr;
  std::string_view storage_class = "STANDARD";
  time::Timestamp last_modified = {};
  bool is_latest = true;
  bool is_delete_marker = false;
  /// No other version of its key is left.
  bool is_alone = false;
  /// Of a version that is not the latest: since when, and how many newer ones are not either.
  time::Timestamp noncurrent_since = {};
  std::size_t newer_noncurrent_versions = 0;
};

enum class Removal {
  kNone,
  /// The latest version expires: a delete marker takes its place in a bucket that keeps versions;
  /// elsewhere it is removed.
  kExpire,
  /// The version itself goes.
  kRemove,
};

/// What is to be done with a version now. A value.
struct Due {
  Removal removal = Removal::kNone;
  /// The class to move to; empty: none. Never with kRemove; with kExpire it comes first, and is
  /// pointless where no version stays.
  std::string storage_class;
  bool operator==(const Due&) const = default;

  [[nodiscard]] bool nothing() const { return removal == Removal::kNone && storage_class.empty(); }
};

/// Where rules overlap AWS's order of precedence holds: removal over transition, transition over
/// delete markers, the earlier date, the colder class.
Due find_due(const Configuration& configuration, const Subject& subject, time::Timestamp now,
             Day day);

/// Something that a rule will do, as headers announce it.
struct Announcement {
  time::Timestamp when;
  std::string rule_id;
  bool operator==(const Announcement&) const = default;
};

/// When the latest version will expire; of equal dates the rule that stands first. Nothing if no
/// enabled rule with days or a date is about it.
std::optional<Announcement> next_expiration(const Configuration& configuration,
                                            const Subject& subject, Day day);

/// The same of an unfinished upload.
std::optional<Announcement> next_abort(const Configuration& configuration, std::string_view key,
                                       time::Timestamp initiated, Day day);

}  // namespace pail::lifecycle
