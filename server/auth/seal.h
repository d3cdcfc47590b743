#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "random/random.h"

namespace pail::auth {

/// The key of texts that only this server can read and make (AES-256-GCM).
using SealKey = std::array<std::byte, 32>;

/// Hides the text and proves that it is whole: base64 of a version, a nonce that is never used
/// twice, the hidden text and its tag. Thread-safe. Throws std::runtime_error if OpenSSL fails,
/// which only happens without memory.
std::string seal(const SealKey& key, std::string_view text, random::Random& random);

/// The text; nothing if it was not sealed with this key or changed since. Never throws for what it
/// is given. Thread-safe.
std::optional<std::string> unseal(const SealKey& key, std::string_view sealed);

}  // namespace pail::auth
