#include "protocol/form_fields.h"

#include <algorithm>

#include "text/ascii.h"

namespace pail::protocol {

std::optional<std::string_view> FormFields::find(std::string_view name) const {
  const auto found = std::ranges::find_if(fields_, [name](const FormField& field) {
    return text::equals_ignore_case(field.name, name);
  });
  if (found == fields_.end()) return std::nullopt;
  return std::string_view(found->value);
}

}  // namespace pail::protocol
