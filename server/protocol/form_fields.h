#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pail::protocol {

struct FormField {
  std::string name;  // as it was sent
  std::string value;
  bool operator==(const FormField&) const = default;
};

/// The fields of a form in the order in which they came. A value.
class FormFields {
 public:
  FormFields() = default;
  explicit FormFields(std::vector<FormField> fields) : fields_(std::move(fields)) {}

  /// The value of the first field of that name, ignoring case as AWS does.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const { return find(name).has_value(); }
  void add(std::string name, std::string value) {
    fields_.push_back({std::move(name), std::move(value)});
  }

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }
  [[nodiscard]] std::size_t size() const { return fields_.size(); }

 private:
  std::vector<FormField> fields_;
};

}  // namespace pail::protocol
