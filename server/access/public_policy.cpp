#include "access/public_policy.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace pail::access {
namespace {

constexpr auto kConfiningKeys = std::to_array<std::string_view>({
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpcarn",
    "aws:sourcevpce",
    "aws:userid",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
});

/// Not wider than these, which are counted in bits of the prefix.
constexpr unsigned kPrefixBitsLeastV4 = 8;
constexpr unsigned kPrefixBitsLeastV6 = 32;

/// Of the ARN of an access point the name may be open, but not the account.
bool is_access_point_of_an_account(const ArnPattern& arn) {
  constexpr std::size_t kAccount = 4;
  return arn.parts.size() > kAccount && arn.parts[kAccount].is_fixed() &&
         !arn.parts[kAccount].source().empty();
}

bool is_access_point_of_an_account(const TextPattern& pattern) {
  const ConditionOperator like_arn{.operand = OperandKind::kArn, .has_wildcards = true};
  const auto value = parse_condition_value(like_arn, pattern.source(), false);
  const auto* const arn = std::get_if<ArnPattern>(&value);
  return arn != nullptr && is_access_point_of_an_account(*arn);
}

bool is_fixed(const ConditionKey& key, const ConditionValue& value) {
  const bool is_access_point = key.name == "s3:dataaccesspointarn";
  if (const auto* const pattern = std::get_if<TextPattern>(&value)) {
    if (pattern->has_variables()) return false;
    return pattern->is_fixed() || (is_access_point && is_access_point_of_an_account(*pattern));
  }
  if (const auto* const arn = std::get_if<ArnPattern>(&value)) {
    const auto part_is_fixed = [](const TextPattern& part) { return part.is_fixed(); };
    return std::ranges::all_of(arn->parts, part_is_fixed) ||
           (is_access_point && is_access_point_of_an_account(*arn));
  }
  return false;
}

bool is_narrow(const ConditionValue& value) {
  const auto* const range = std::get_if<IpRange>(&value);
  if (range == nullptr) return false;
  return range->prefix_bits >= (range->address.is_v6 ? kPrefixBitsLeastV6 : kPrefixBitsLeastV4);
}

/// A condition that a request without the fact fulfils confines nobody.
bool confines(const Condition& condition) {
  const ConditionOperator& op = condition.op;
  if (op.is_negated || op.if_exists || op.quantifier == Quantifier::kForAllValues ||
      condition.values.empty()) {
    return false;
  }
  if (condition.key.name == "aws:sourceip") {
    return std::ranges::all_of(condition.values, is_narrow);
  }
  return std::ranges::find(kConfiningKeys, condition.key.name) != kConfiningKeys.end() &&
         std::ranges::all_of(condition.values, [&](const ConditionValue& value) {
           return is_fixed(condition.key, value);
         });
}

bool is_public(const Statement& statement) {
  if (statement.effect == Effect::kDeny) return false;
  const bool names_everybody =
      statement.principals.is_negated ||
      std::ranges::any_of(statement.principals.any_of, [](const Principal& principal) {
        return principal.kind == Principal::Kind::kEverybody;
      });
  return names_everybody && std::ranges::none_of(statement.conditions, confines);
}

}  // namespace

bool is_public(const Policy& policy) {
  return std::ranges::any_of(policy.statements,
                             [](const Statement& statement) { return is_public(statement); });
}

}  // namespace pail::access
