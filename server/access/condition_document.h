#pragma once

#include <vector>

#include "access/condition.h"
#include "access/policy_json.h"

namespace pail::access {

/// Whether the keys of conditions must be S3's, as in the policy of a bucket.
enum class KeyCheck { kS3, kNone };

/// Reads a Condition element; none has no conditions. Fails: MalformedPolicy with AWS's message.
S3Result<std::vector<Condition>> parse_conditions(const Json& statement, bool has_variables,
                                                  KeyCheck check);

/// Each action that is named without wildcards has to carry each key. Fails: MalformedPolicy.
S3Result<void> check_condition_actions(const std::vector<Condition>& conditions,
                                       const std::vector<TextPattern>& actions);

}  // namespace pail::access
