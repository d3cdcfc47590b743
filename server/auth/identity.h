#pragma once

#include <string>

namespace pail::auth {

/// Who sends a request. A value.
struct Identity {
  std::string access_key_id;  // empty: anonymous
  std::string user_name;
  /// Canonical user id: 64 hex digits, as in Owner elements.
  std::string canonical_id;
  std::string account_id;  // 12 digits

  [[nodiscard]] bool is_anonymous() const { return access_key_id.empty(); }
};

}  // namespace pail::auth
