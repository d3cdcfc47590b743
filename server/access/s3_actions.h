#pragma once

#include <optional>
#include <string_view>

// The actions that policies can name, as in the Service Authorization Reference of Amazon S3.
namespace pail::access {

/// What kinds of resource the actions that a pattern names work on.
struct ActionScope {
  bool on_buckets = false;
  bool on_objects = false;
};

/// Looks up an action or a pattern of actions ("s3:GetObject", "s3:Get*", "*"), ignoring case.
/// Nothing if there is no such action.
std::optional<ActionScope> find_actions(std::string_view pattern);

}  // namespace pail::access
