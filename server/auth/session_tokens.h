#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/credentials.h"
#include "auth/seal.h"

namespace pail::auth {

/// A longer token is none of this server's.
inline constexpr std::size_t kSessionTokenBytesMost = std::size_t{32} * 1024;

/// Makes and reads the tokens of temporary credentials. A token holds all that there is to know
/// about its session, the secret included, under a key of the server: nothing has to be remembered,
/// and sessions outlive a restart as long as the key does. Thread-safe.
class SessionTokens {
 public:
  explicit SessionTokens(const SealKey& key) : key_(key) {}

  /// The token of a credential whose identity has a session.
  [[nodiscard]] std::string make(const Credential& credential, random::Random& random) const;

  /// The credential that a token was made for, expired or not; nothing if the token is not of this
  /// server or was changed.
  [[nodiscard]] std::optional<Credential> open(std::string_view token) const;

 private:
  SealKey key_;
};

}  // namespace pail::auth
