#include "access/condition_context.h"

#include "text/ascii.h"

namespace pail::access {

ConditionKey ConditionKey::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return {text::to_lower(text), {}};
  return {text::to_lower(text.substr(0, slash + 1)), std::string(text.substr(slash + 1))};
}

}  // namespace pail::access
