#include "access/condition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "text/ascii.h"
#include "text/base64.h"
#include "text/bytes.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::access {
namespace {

struct Named {
  std::string_view name;
  OperandKind operand;
  Comparison comparison = Comparison::kEquals;
  bool is_negated = false;
  bool has_wildcards = false;
  bool folds_case = false;
};

constexpr auto kOperators = std::to_array<Named>({
    {"StringEquals", OperandKind::kString},
    {"StringNotEquals", OperandKind::kString, Comparison::kEquals, true},
    {"StringEqualsIgnoreCase", OperandKind::kString, Comparison::kEquals, false, false, true},
    {"StringNotEqualsIgnoreCase", OperandKind::kString, Comparison::kEquals, true, false, true},
    {"StringLike", OperandKind::kString, Comparison::kEquals, false, true},
    {"StringNotLike", OperandKind::kString, Comparison::kEquals, true, true},
    {"NumericEquals", OperandKind::kNumeric},
    {"NumericNotEquals", OperandKind::kNumeric, Comparison::kEquals, true},
    {"NumericLessThan", OperandKind::kNumeric, Comparison::kLess},
    {"NumericLessThanEquals", OperandKind::kNumeric, Comparison::kLessEquals},
    {"NumericGreaterThan", OperandKind::kNumeric, Comparison::kGreater},
    {"NumericGreaterThanEquals", OperandKind::kNumeric, Comparison::kGreaterEquals},
    {"DateEquals", OperandKind::kDate},
    {"DateNotEquals", OperandKind::kDate, Comparison::kEquals, true},
    {"DateLessThan", OperandKind::kDate, Comparison::kLess},
    {"DateLessThanEquals", OperandKind::kDate, Comparison::kLessEquals},
    {"DateGreaterThan", OperandKind::kDate, Comparison::kGreater},
    {"DateGreaterThanEquals", OperandKind::kDate, Comparison::kGreaterEquals},
    {"Bool", OperandKind::kBool},
    {"BinaryEquals", OperandKind::kBinary},
    {"IpAddress", OperandKind::kIp},
    {"NotIpAddress", OperandKind::kIp, Comparison::kEquals, true},
    {"ArnEquals", OperandKind::kArn, Comparison::kEquals, false, true},
    {"ArnLike", OperandKind::kArn, Comparison::kEquals, false, true},
    {"ArnNotEquals", OperandKind::kArn, Comparison::kEquals, true, true},
    {"ArnNotLike", OperandKind::kArn, Comparison::kEquals, true, true},
    {"Null", OperandKind::kNull},
});

constexpr std::size_t kArnParts = 6;

/// The first five colons separate; the last part keeps its own. Those inside of ${...} are the
/// variable's, if the text may have variables.
std::vector<std::string_view> split_arn(std::string_view arn, bool has_variables = false) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < arn.size() && parts.size() + 1 < kArnParts; ++i) {
    if (has_variables && arn.substr(i).starts_with("${")) {
      if (const auto end = arn.find('}', i); end != std::string_view::npos) i = end;
    } else if (arn[i] == ':') {
      parts.push_back(arn.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(arn.substr(begin));
  return parts;
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

/// The forms of ISO 8601 that the W3C lists, or seconds since 1970.
std::optional<time::Timestamp> parse_date(std::string_view text) {
  constexpr std::size_t kYear = 4;
  constexpr std::size_t kMonth = 7;
  constexpr std::size_t kMinute = 16;
  constexpr std::uint64_t kSecondsMost = 253402300799;  // the end of the year 9999
  if (const auto seconds = text::parse_decimal(text); seconds && text.size() != kYear) {
    if (*seconds > kSecondsMost) return std::nullopt;
    return time::Timestamp(std::chrono::seconds(*seconds));
  }
  std::string date(text);
  if (text.size() == kYear) date += "-01-01";
  if (text.size() == kMonth) date += "-01";
  // Hours and minutes without seconds.
  const bool has_time = text.size() > kMinute && text[kMinute - 3] == ':';
  if (has_time && text[kMinute] != ':') date.insert(kMinute, ":00");
  return time::parse_iso8601(date);
}

std::optional<bool> parse_bool(std::string_view text) {
  if (text::equals_ignore_case(text, "true")) return true;
  if (text::equals_ignore_case(text, "false")) return false;
  return std::nullopt;
}

std::optional<std::string> parse_binary(std::string_view text) {
  const auto bytes = text::base64_decode(text);
  if (!bytes) return std::nullopt;
  return std::string(text::as_text(*bytes));
}

template <typename T>
ConditionValue value_or_nothing(std::optional<T> value) {
  if (!value) return std::monostate();
  return std::move(*value);
}

template <typename T>
bool compare(Comparison comparison, T left, T right) {
  switch (comparison) {
    case Comparison::kEquals:
      return !(left < right) && !(right < left);
    case Comparison::kLess:
      return left < right;
    case Comparison::kLessEquals:
      return left <= right;
    case Comparison::kGreater:
      return left > right;
    case Comparison::kGreaterEquals:
      return left >= right;
  }
  return false;
}

/// Compares one value of the request with the values of the policy.
class Comparer {
 public:
  Comparer(const ConditionOperator& op, const std::string& text, const ConditionContext& context)
      : op_(op), text_(text), context_(context) {}

  bool operator()(std::monostate) const { return false; }
  bool operator()(const TextPattern& pattern) const { return pattern.matches(text_, &context_); }
  bool operator()(const ArnPattern& pattern) const {
    if (pattern.parts.size() < kArnParts) return pattern.parts.front().matches(text_, &context_);
    const auto parts = split_arn(text_);
    return std::ranges::equal(pattern.parts, parts,
                              [this](const TextPattern& pattern_part, std::string_view part) {
                                return pattern_part.matches(part, &context_);
                              });
  }
  bool operator()(double number) const {
    const auto value = parse_number(text_);
    return value && compare(op_.comparison, *value, number);
  }
  bool operator()(time::Timestamp date) const {
    const auto value = parse_date(text_);
    return value && compare(op_.comparison, *value, date);
  }
  bool operator()(bool flag) const { return parse_bool(text_) == flag; }
  bool operator()(const IpRange& range) const {
    const auto address = IpAddress::parse(text_);
    return address && range.contains(*address);
  }
  bool operator()(const std::string& bytes) const { return parse_binary(text_) == bytes; }

 private:
  const ConditionOperator& op_;
  const std::string& text_;
  const ConditionContext& context_;
};

bool holds_without_value(const ConditionOperator& op) {
  if (op.if_exists) return true;
  if (op.quantifier == Quantifier::kForAllValues) return true;
  if (op.quantifier == Quantifier::kForAnyValue) return false;
  return op.is_negated;
}

}  // namespace

std::optional<ConditionOperator> ConditionOperator::parse(std::string_view name) {
  ConditionOperator op;
  const auto take_prefix = [&](std::string_view prefix, Quantifier meant) {
    if (!name.starts_with(prefix)) return;
    name.remove_prefix(prefix.size());
    op.quantifier = meant;
  };
  take_prefix("ForAnyValue:", Quantifier::kForAnyValue);
  if (op.quantifier == Quantifier::kNone) take_prefix("ForAllValues:", Quantifier::kForAllValues);
  constexpr std::string_view kIfExists = "IfExists";
  if (name.ends_with(kIfExists)) {
    name.remove_suffix(kIfExists.size());
    op.if_exists = true;
  }
  const auto* const named = std::ranges::find(kOperators, name, &Named::name);
  if (named == kOperators.end()) return std::nullopt;
  if (named->operand == OperandKind::kNull && op.if_exists) return std::nullopt;
  op.operand = named->operand;
  op.comparison = named->comparison;
  op.is_negated = named->is_negated;
  op.has_wildcards = named->has_wildcards;
  op.folds_case = named->folds_case;
  return op;
}

ConditionValue parse_condition_value(const ConditionOperator& op, std::string_view text,
                                     bool has_variables) {
  const TextPattern::Options options{op.has_wildcards, has_variables, op.folds_case};
  switch (op.operand) {
    case OperandKind::kString:
      return TextPattern(text, options);
    case OperandKind::kArn: {
      ArnPattern pattern;
      const auto parts = split_arn(text, has_variables);
      if (parts.size() < kArnParts) {
        // A '*' at the end runs over the colons that are missing.
        TextPattern::Options whole = options;
        whole.has_wildcards = text.ends_with('*');
        pattern.parts.emplace_back(text, whole);
      } else {
        for (const std::string_view part : parts) pattern.parts.emplace_back(part, options);
      }
      return pattern;
    }
    case OperandKind::kNumeric:
      return value_or_nothing(parse_number(text));
    case OperandKind::kDate:
      return value_or_nothing(parse_date(text));
    case OperandKind::kBool:
    case OperandKind::kNull:
      return value_or_nothing(parse_bool(text));
    case OperandKind::kBinary:
      return value_or_nothing(parse_binary(text));
    case OperandKind::kIp:
      return value_or_nothing(IpRange::parse(text));
  }
  return std::monostate();
}

bool holds(const Condition& condition, const ConditionContext& context) {
  const ConditionOperator& op = condition.op;
  const auto found = context.find(condition.key);
  const bool is_there = found && !found->empty();
  if (op.operand == OperandKind::kNull) {
    return std::ranges::any_of(condition.values, [&](const ConditionValue& value) {
      const bool* const is_missing = std::get_if<bool>(&value);
      return is_missing != nullptr && *is_missing != is_there;
    });
  }
  if (!is_there) return holds_without_value(op);
  const auto suits = [&](const std::string& text) {
    const std::string folded = op.folds_case ? text::to_lower(text) : std::string();
    const Comparer comparer(op, op.folds_case ? folded : text, context);
    const bool fits = std::ranges::any_of(
        condition.values, [&](const ConditionValue& value) { return std::visit(comparer, value); });
    return fits != op.is_negated;
  };
  const bool wants_all = op.quantifier == Quantifier::kForAllValues ||
                         (op.quantifier == Quantifier::kNone && op.is_negated);
  return wants_all ? std::ranges::all_of(*found, suits) : std::ranges::any_of(*found, suits);
}

}  // namespace pail::access
