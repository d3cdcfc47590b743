#pragma once

#include <string>
#include <string_view>

// How values of user metadata travel: AWS keeps them as Unicode and shows everything that is not
// plain ASCII as encoded words of RFC 2047.
namespace pail::protocol {

/// Whether that is a token (RFC 9110, 5.6.2) or nothing at all.
bool is_field_name(std::string_view name);

/// Whether it holds what the value of a field must not: control characters other than the tab.
bool has_control_character(std::string_view value);

/// The value of an x-amz-meta-* field as it is kept, in UTF-8: encoded words are decoded, and other
/// bytes beyond ASCII are taken for ISO-8859-1, as AWS does even where the client meant UTF-8.
std::string metadata_from_wire(std::string_view value);

/// The way back: plain ASCII as it is; else "=?UTF-8?Q?...?=" or, if most of it is not ASCII,
/// "=?UTF-8?B?...?=", in words of bounded length, the same choices as JavaMail's, which AWS was
/// seen to make.
std::string metadata_to_wire(std::string_view utf8);

}  // namespace pail::protocol
