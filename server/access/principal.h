#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/identity.h"

namespace pail::access {

/// One entry of a Principal element. A value.
struct Principal {
  enum class Kind {
    kEverybody,  // "*", anonymous requests included
    kAccount,    // "123456789012" or "arn:aws:iam::123456789012:root"
    kUser,       // "arn:aws:iam::123456789012:user/path/name"
    kRole,       // "arn:aws:iam::123456789012:role/path/name": all of its sessions
    kSession,    // "arn:aws:sts::123456789012:assumed-role/name/session" or ...:federated-user/x
    kCanonicalUser,  // a canonical user id
    kElse,           // services and identity providers: nobody who can come here
  };
  Kind kind = Kind::kElse;
  std::string account_id;
  /// What follows the account in the ARN ("user/path/name"), or the canonical id.
  std::string name;
  bool operator==(const Principal&) const = default;

  /// An entry under "AWS"; nothing if AWS would not take it.
  static std::optional<Principal> parse(std::string_view text);

  /// Whether it names the sender, or his account.
  [[nodiscard]] bool includes(const auth::Identity& identity) const;
  /// Whether it names the sender himself or everybody, so that an Allow does not need a second one
  /// from a policy of his own.
  [[nodiscard]] bool includes_directly(const auth::Identity& identity) const;
};

}  // namespace pail::access
