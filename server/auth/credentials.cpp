#include "auth/credentials.h"

#include <utility>

namespace pail::auth {

void Credentials::add(Credential credential) {
  std::string access_key_id = credential.identity.access_key_id;
  by_access_key_id_.insert_or_assign(std::move(access_key_id), std::move(credential));
}

const Credential* Credentials::find(std::string_view access_key_id) const {
  const auto found = by_access_key_id_.find(access_key_id);
  return found == by_access_key_id_.end() ? nullptr : &found->second;
}

}  // namespace pail::auth
