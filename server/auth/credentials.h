#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/identity.h"

namespace pail::auth {

struct Credential {
  std::string secret_access_key;
  Identity identity;
};

/// The access keys that are accepted. A value, fixed at start.
class Credentials {
 public:
  void add(Credential credential);
  /// The same, each under the name "<access key id>.<space>": who signs with it asks for the space.
  [[nodiscard]] Credentials in_space(std::string_view space) const;
  [[nodiscard]] std::vector<std::string> access_key_ids() const;
  [[nodiscard]] const Credential* find(std::string_view access_key_id) const;

 private:
  std::map<std::string, Credential, std::less<>> by_access_key_id_;
};

}  // namespace pail::auth
