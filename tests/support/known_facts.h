#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/condition_context.h"

namespace pail::test {

/// Facts about a request as a test lists them: key in lower case (a tag as it is) → values.
class KnownFacts final : public access::ConditionContext {
 public:
  using Map = std::map<std::string, std::vector<std::string>>;
  KnownFacts() = default;
  explicit KnownFacts(Map facts) : facts_(std::move(facts)) {}

  [[nodiscard]] std::optional<std::vector<std::string>> find(
      const access::ConditionKey& key) const override {
    ++lookups_;
    const auto found = facts_.find(key.name + key.tag);
    if (found == facts_.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] int lookups() const { return lookups_; }

 private:
  Map facts_;
  mutable int lookups_ = 0;
};

}  // namespace pail::test
