#pragma once

#include <string>
#include <string_view>

namespace pail::service {

/// What stands where a secret was.
inline constexpr std::string_view kLeftOut = "(left out)";
/// Longer values are cut.
inline constexpr std::size_t kRecordedValueBytesMost = 2048;
inline constexpr std::size_t kRecordedTextBytesMost = std::size_t{16} * 1024;

/// Whether a header field, a parameter or an element of that name holds a secret: a signature, a
/// token, a customer's key, a cookie.
bool is_secret(std::string_view name);

/// Whether a parameter of that name is part of a presigned URL.
bool is_presigning(std::string_view name);

/// The value of a field as it may be kept: of Authorization without the signature, of Referer
/// without the query (it may be a presigned one), else all or nothing.
std::string recordable_value(std::string_view name, std::string_view value);

/// A canonical request or a string to sign as it may be kept: the values of secret fields and
/// parameters are replaced.
std::string recordable_signed_text(std::string_view text);

/// At most `bytes_most` bytes of a text, whole characters of UTF-8 if it is such.
std::string cut(std::string_view text, std::size_t bytes_most);

}  // namespace pail::service
