#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "model/object.h"
#include "random/random.h"
#include "time/clock.h"

namespace pail::lifecycle {

/// Which objects a rule is about: those for which every predicate holds. A value.
struct Filter {
  /// How the document said it, and is to say it again.
  enum class Form {
    kRulePrefix,  // <Rule><Prefix>, the older form
    kPlain,       // <Filter> with one predicate or none
    kAnd,         // <Filter><And>
  };
  Form form = Form::kPlain;
  std::optional<std::string> prefix;
  std::vector<model::NamedValue> tags;
  std::optional<std::int64_t> size_greater_than_bytes;
  std::optional<std::int64_t> size_less_than_bytes;
  bool operator==(const Filter&) const = default;
};

/// When an action is due: so many days after the object was written, or on a date. One of both.
struct When {
  std::optional<std::int32_t> days;
  std::optional<time::Timestamp> date;
  bool operator==(const When&) const = default;
};

struct Expiration {
  /// Empty where the rule is about delete markers.
  When when;
  /// Whether a delete marker goes once no other version of its key is left.
  std::optional<bool> expired_delete_marker;
  bool operator==(const Expiration&) const = default;
};

struct Transition {
  When when;
  std::string storage_class;
  bool operator==(const Transition&) const = default;
};

struct NoncurrentExpiration {
  std::int32_t noncurrent_days = 0;
  /// So many of the newest noncurrent versions stay whatever their age.
  std::optional<std::int32_t> newer_versions;
  bool operator==(const NoncurrentExpiration&) const = default;
};

struct NoncurrentTransition {
  std::int32_t noncurrent_days = 0;
  std::optional<std::int32_t> newer_versions;
  std::string storage_class;
  bool operator==(const NoncurrentTransition&) const = default;
};

struct Rule {
  std::string id;
  bool is_enabled = false;
  Filter filter;
  std::optional<Expiration> expiration;
  std::vector<Transition> transitions;
  std::optional<NoncurrentExpiration> noncurrent_expiration;
  std::vector<NoncurrentTransition> noncurrent_transitions;
  std::optional<std::int32_t> abort_upload_after_days;
  bool operator==(const Rule&) const = default;
};

/// Which objects are too small to change their storage class, unless a filter speaks of sizes.
enum class MinimumTransitionSize {
  kAllClasses128K,  // all_storage_classes_128K
  kVariesByClass,   // varies_by_storage_class: GLACIER and DEEP_ARCHIVE take objects of any size
};

/// What PutBucketLifecycleConfiguration sets. A value.
struct Configuration {
  std::vector<Rule> rules;
  MinimumTransitionSize minimum_transition_size = MinimumTransitionSize::kAllClasses128K;
  bool operator==(const Configuration&) const = default;
};

/// Reads and checks a LifecycleConfiguration document from a client. Rules without an ID keep an
/// empty one. Fails as AWS does: MalformedXML, InvalidRequest, InvalidArgument. Pure.
S3Result<Configuration> parse_configuration(std::string_view xml);

/// Gives an ID of AWS's form (base64 of a random UUID) to each rule that has none.
void name_rules(Configuration& configuration, random::Random& random);

/// The document as GetBucketLifecycleConfiguration returns it.
std::string render_configuration(const Configuration& configuration);

/// The value of x-amz-transition-default-minimum-object-size.
std::string_view minimum_transition_size_name(MinimumTransitionSize size);
/// Fails: InvalidRequest as AWS was recorded to answer.
S3Result<MinimumTransitionSize> parse_minimum_transition_size(std::string_view name);

/// What a bucket keeps: the name of the minimum size on a line of its own, then the document.
std::string to_stored(const Configuration& configuration);

/// The two halves of a stored text. Views into it.
struct StoredConfiguration {
  std::string_view minimum_transition_size;
  std::string_view document;
};
StoredConfiguration split_stored(std::string_view stored);
/// Fails only if the text does not come from to_stored().
S3Result<Configuration> from_stored(std::string_view stored);

}  // namespace pail::lifecycle
