#pragma once

#include <string_view>

#include "access/condition_context.h"

// The condition keys that bucket policies can name, as in the Service Authorization Reference of
// Amazon S3 and the list of global keys.
namespace pail::access {

/// What is known of a key without a request.
struct ConditionKeySpec {
  std::string_view name;  // in lower case; ends with a slash if a tag follows
  /// Names of actions in lower case without "s3:", with a space after each; empty: all actions.
  std::string_view actions;

  /// Whether requests for the action can carry the fact. `action` in lower case: "s3:putobject".
  [[nodiscard]] bool applies_to(std::string_view action) const;
};

/// nullptr: neither S3 nor any key that S3 takes over from other services is called that. Any key
/// with the prefix "aws:" is known, as S3 was seen to take all of them.
const ConditionKeySpec* find_condition_key(const ConditionKey& key);

/// Whether the values are addresses, which S3 checks when a policy is put.
bool is_address_key(const ConditionKey& key);

}  // namespace pail::access
