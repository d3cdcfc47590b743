#pragma once

#include <string>
#include <vector>

namespace pail::model {

enum class Permission { kRead, kWrite, kReadAcp, kWriteAcp, kFullControl };

struct Grantee {
  enum class Kind {
    kCanonicalUser,
    kGroup,
  };
  Kind kind = Kind::kCanonicalUser;
  /// The canonical user id, or the URI of the group. E-mail addresses are resolved when a grant is
  /// made.
  std::string id;
  bool operator==(const Grantee&) const = default;
};

struct Grant {
  Grantee grantee;
  Permission permission = Permission::kRead;
  bool operator==(const Grant&) const = default;
};

/// The access control list of a bucket or an object, besides its owner. A value.
struct Acl {
  std::vector<Grant> grants;
  bool operator==(const Acl&) const = default;
};

}  // namespace pail::model
