#include "auth/post_policy.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"

namespace pail::auth {
namespace {

constexpr std::string_view kBucket = "bucket";
constexpr std::string_view kContentType = "content-type";
constexpr std::string_view kIgnoredPrefix = "x-ignore-";

/// What no condition needs to name.
constexpr auto kFreeFields = std::to_array<std::string_view>(
    {"x-amz-signature", "policy", "AWSAccessKeyId", "signature", "file"});

Unexpected<S3Error> denied(std::string why) {
  return fail(S3ErrorCode::AccessDenied, "Invalid according to Policy: " + std::move(why));
}

bool is_free(std::string_view field) {
  return text::starts_with_ignore_case(field, kIgnoredPrefix) ||
         std::ranges::any_of(kFreeFields, [field](std::string_view name) {
           return text::equals_ignore_case(field, name);
         });
}

/// Content-Type may hold a list: then each of its values has to begin so.
bool every_value_starts_with(std::string_view list, std::string_view prefix) {
  return std::ranges::all_of(text::split(list, ','), [prefix](std::string_view value) {
    return text::trim(value).starts_with(prefix);
  });
}

/// A field that the form does not have fulfils nothing, not even "starts-with nothing", as AWS was
/// recorded to.
bool holds(const PostCondition& condition, const protocol::FormFields& fields,
           std::string_view bucket) {
  using enum PostCondition::Operator;
  if (condition.comparison == kContentLengthRange) return condition.range.has_value();
  const auto value = condition.field == kBucket ? bucket : fields.find(condition.field);
  if (condition.field.empty() || !value) return false;
  if (condition.comparison == kEquals) return *value == condition.operand;
  if (condition.field == kContentType) return every_value_starts_with(*value, condition.operand);
  return value->starts_with(condition.operand);
}

}  // namespace

bool PostPolicy::names(std::string_view field) const {
  return std::ranges::any_of(conditions_, [field](const PostCondition& condition) {
    return text::equals_ignore_case(condition.field, field);
  });
}

S3Result<ContentLengthRange> PostPolicy::check(const protocol::FormFields& fields,
                                               std::string_view bucket, time::Timestamp now) const {
  if (expiration_ <= now) return denied("Policy expired.");
  ContentLengthRange range;
  for (const PostCondition& condition : conditions_) {
    if (!holds(condition, fields, bucket))
      return denied("Policy Condition failed: " + condition.text);
    if (!condition.range) continue;
    range.least_bytes = std::max(range.least_bytes, condition.range->least_bytes);
    range.most_bytes = std::min(range.most_bytes, condition.range->most_bytes);
  }
  for (const protocol::FormField& field : fields) {
    if (!is_free(field.name) && !names(field.name))
      return denied("Extra input fields: " + field.name);
  }
  return range;
}

}  // namespace pail::auth
