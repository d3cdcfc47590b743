#include "auth/credentials.h"

#include <utility>

namespace pail::auth {

void Credentials::add(Credential credential) {
  std::string access_key_id = credential.identity.access_key_id;
  by_access_key_id_.insert_or_assign(std::move(access_key_id), std::move(credential));
}

Credentials Credentials::in_space(std::string_view space) const {
  Credentials renamed;
  for (const auto& [access_key_id, credential] : by_access_key_id_) {
    renamed.by_access_key_id_.emplace(access_key_id + "." + std::string(space), credential);
  }
  return renamed;
}

std::vector<std::string> Credentials::access_key_ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, credential] : by_access_key_id_) ids.push_back(id);
  return ids;
}

const Credential* Credentials::find(std::string_view access_key_id) const {
  const auto found = by_access_key_id_.find(access_key_id);
  return found == by_access_key_id_.end() ? nullptr : &found->second;
}

}  // namespace pail::auth
