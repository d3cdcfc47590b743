#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/acl.h"
#include "model/encryption.h"
#include "model/object_lock.h"

// What protects an object, each as the bytes of one field of a record (see record_codec.h): empty
// for what nearly every object has. Bytes after what is known here are left alone, so that a field
// can grow at its end. Decoding fails (false) on bytes that are no such field.
namespace pail::store::disk {

std::string encode_encryption(const model::Encryption& encryption);
[[nodiscard]] bool decode_encryption(std::string_view field, model::Encryption& encryption);

std::string encode_lock(const model::ObjectLock& lock);
[[nodiscard]] bool decode_lock(std::string_view field, model::ObjectLock& lock);

/// Not empty: a list without grants is something else than no list.
std::string encode_acl(const model::Acl& acl);
[[nodiscard]] bool decode_acl(std::string_view field, std::optional<model::Acl>& acl);

}  // namespace pail::store::disk
