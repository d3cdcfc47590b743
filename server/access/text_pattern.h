#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/condition_context.h"

namespace pail::access {

/// A value in a policy that requests are compared with: plain text, with wildcards, or with policy
/// variables ("home/${aws:username}/*"), taken apart once. A value.
class TextPattern {
 public:
  struct Options {
    bool has_wildcards = false;  // '*' and '?' stand for any bytes and for any one
    bool has_variables = false;  // ${key}, ${key, 'default'}, and ${*} ${?} ${$} for the characters
    bool folds_case = false;     // compared in lower case: so must be what it is compared with
  };

  TextPattern() = default;
  TextPattern(std::string_view source, Options options);

  /// A variable for which the context has no single value and the policy no default matches
  /// nothing, as AWS has it. The value of a variable is plain text: a '*' in it is a '*'.
  [[nodiscard]] bool matches(std::string_view text, const ConditionContext* context) const;

  /// Whether it has neither wildcards nor variables.
  [[nodiscard]] bool is_fixed() const { return !is_wild_ && variables_.empty(); }
  [[nodiscard]] bool has_variables() const { return !variables_.empty(); }
  /// As the policy has it.
  [[nodiscard]] const std::string& source() const { return source_; }

 private:
  struct Variable {
    ConditionKey key;
    std::optional<std::string> fallback;
    std::string next;  // the text that follows it
  };

  std::size_t take_variable(std::string_view rest, const Options& options);
  std::string& tail() { return variables_.empty() ? head_ : variables_.back().next; }
  [[nodiscard]] std::optional<std::string> expand(const ConditionContext& context) const;
  [[nodiscard]] bool fits(std::string_view pattern, std::string_view text) const;

  std::string source_;
  std::string head_;  // the text before the first variable
  std::vector<Variable> variables_;
  bool is_wild_ = false;
  bool folds_case_ = false;
};

}  // namespace pail::access
