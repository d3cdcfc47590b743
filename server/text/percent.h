#pragma once

#include <optional>
#include <string>
#include <string_view>

// Percent-encoding as RFC 3986, HTML forms and S3 listings use it. All functions are pure and
// thread-safe and work on bytes: none of them looks at the character encoding.
namespace pail::text {

/// Decodes every %XX. '+' stays '+'. Returns nullopt when a '%' is not followed by two hex digits.
std::optional<std::string> percent_decode(std::string_view in);

/// As percent_decode, but '+' becomes a space, as HTML forms (and Java's URLDecoder) have it.
std::optional<std::string> form_decode(std::string_view in);

/// Keeps the unreserved characters of RFC 3986 (A-Z a-z 0-9 - . _ ~); all else, '/' included,
/// becomes %XX in upper case. This is the UriEncode of Signature Version 4.
std::string percent_encode(std::string_view in);

/// As percent_encode, but keeps '/'.
std::string percent_encode_path(std::string_view in);

/// What S3 answers for encoding-type=url: Java's URLEncoder (A-Z a-z 0-9 . - _ * kept, a space
/// becomes '+'), except that '/' is kept.
std::string listing_encode(std::string_view in);

/// Appends percent_encode(in) or, with keep_slash, percent_encode_path(in) to out.
void append_percent_encoded(std::string& out, std::string_view in, bool keep_slash);

/// Appends listing_encode(in) to out.
void append_listing_encoded(std::string& out, std::string_view in);

}  // namespace pail::text
