#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pail::access {

/// The name of a fact about a request, as conditions and policy variables ask for it. Names have no
/// case; the name of a tag keeps the one that the policy wrote it in. A value.
struct ConditionKey {
  std::string name;  // in lower case: "aws:sourceip", "s3:existingobjecttag/"
  std::string tag;   // of keys that end with a tag: what follows the slash
  bool operator==(const ConditionKey&) const = default;

  /// Takes "s3:ExistingObjectTag/Team" apart.
  static ConditionKey parse(std::string_view text);
};

/// The facts about one request. Each is looked up when a statement that applies otherwise asks for
/// it, so that what is dear (the tags of an object) is fetched for those policies only that need
/// it. Used by one thread at a time.
class ConditionContext {
 public:
  ConditionContext() = default;
  ConditionContext(const ConditionContext&) = delete;
  ConditionContext& operator=(const ConditionContext&) = delete;
  virtual ~ConditionContext() = default;

  /// The values of the fact; nothing if the request has no such fact. Of all but a few keys there
  /// is one value. An empty list counts as no fact.
  [[nodiscard]] virtual std::optional<std::vector<std::string>> find(
      const ConditionKey& key) const = 0;
};

}  // namespace pail::access
