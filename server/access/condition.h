#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/condition_context.h"
#include "access/ip_range.h"
#include "access/text_pattern.h"
#include "time/clock.h"

namespace pail::access {

/// What kind of values an operator compares.
enum class OperandKind { kString, kNumeric, kDate, kBool, kBinary, kIp, kArn, kNull };
enum class Comparison { kEquals, kLess, kLessEquals, kGreater, kGreaterEquals };
/// Over the values of a request: without a word any of them has to fit.
enum class Quantifier { kNone, kForAnyValue, kForAllValues };

/// A condition operator as policies name it, e.g. "ForAnyValue:StringNotLikeIfExists", taken apart.
struct ConditionOperator {
  OperandKind operand = OperandKind::kString;
  Comparison comparison = Comparison::kEquals;
  bool is_negated = false;
  bool has_wildcards = false;
  bool folds_case = false;
  bool if_exists = false;
  Quantifier quantifier = Quantifier::kNone;

  /// Nothing if there is no operator of that name. Names have a case, as S3 was seen to insist on.
  static std::optional<ConditionOperator> parse(std::string_view name);
};

/// An ARN as ArnLike compares it: each of its six parts apart, so that a '*' does not run over a
/// colon into the next part, except in the last. With fewer parts it is compared as a whole.
struct ArnPattern {
  std::vector<TextPattern> parts;
};

/// A value of a policy, read once. std::monostate: what can not be read for its operator; it never
/// fits.
using ConditionValue = std::variant<std::monostate, TextPattern, ArnPattern, double,
                                    time::Timestamp, bool, IpRange, std::string>;

/// One key of a Condition element with its values. A value.
struct Condition {
  ConditionOperator op;
  ConditionKey key;
  std::vector<ConditionValue> values;
};

/// Reads a value for the operator. Variables are read only in strings and ARNs, as on AWS.
ConditionValue parse_condition_value(const ConditionOperator& op, std::string_view text,
                                     bool has_variables);

/// Whether the request fulfils the condition. What holds where the request has no such fact: a
/// negated operator, ...IfExists, ForAllValues and Null "true"; nothing else.
bool holds(const Condition& condition, const ConditionContext& context);

}  // namespace pail::access
