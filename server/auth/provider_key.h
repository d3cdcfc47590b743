#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

struct evp_pkey_st;

namespace pail::auth {

/// A public key with which an identity provider's signatures are checked. A value; thread-safe.
class ProviderKey {
 public:
  /// Reads a key set (JWKS: JSON with "keys") or public keys in PEM. Of a key set those keys are
  /// left out that pail has no algorithm for. Fails with a sentence if not one key is left, a key
  /// is damaged, or an RSA key is shorter than 2048 bits.
  static Result<std::vector<ProviderKey>, std::string> read(std::string_view text);

  /// As the key set names it; of PEM empty.
  [[nodiscard]] const std::string& id() const { return id_; }
  /// Whether `signature` is that of `signed_text` by this key: "RS256" or "ES256" (r and s, as in a
  /// JWT); false for other algorithms and for those of the other kind of key.
  [[nodiscard]] bool verifies(std::string_view algorithm, std::string_view signed_text,
                              std::span<const std::byte> signature) const;

  ProviderKey(std::string id, std::shared_ptr<evp_pkey_st> key)
      : id_(std::move(id)), key_(std::move(key)) {}

 private:
  std::string id_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace pail::auth
