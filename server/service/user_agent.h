#pragma once

#include <string_view>

namespace pail::service {

/// Who speaks. Views into the field's value.
struct Agent {
  std::string_view name;
  std::string_view version;  // empty: not known
};

/// Finds the SDK in a User-Agent field: "Boto3/1.44.8 md/Botocore#1.44.8 ..." is Boto3, version
/// 1.44.8. Where there are several (an SDK under a tool), the first one. Of agents that are not
/// known the whole field is the name.
Agent parse_user_agent(std::string_view field);

}  // namespace pail::service
