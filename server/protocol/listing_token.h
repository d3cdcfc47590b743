#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pail::protocol {

/// What a continuation token belongs to: one listing does not take another's.
enum class ListingKind : char { kBuckets = 'b', kObjects = 'o' };

/// A continuation token: base64 that names the entry behind which the next page begins. Opaque to
/// clients and stable across restarts; not secret. Pure.
std::string encode_listing_token(ListingKind kind, std::string_view last);

/// The entry that such a token names; nothing when it is not one that encode_listing_token made for
/// this kind. Pure.
std::optional<std::string> decode_listing_token(ListingKind kind, std::string_view token);

}  // namespace pail::protocol
