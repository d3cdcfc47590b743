#pragma once

#include <string>
#include <string_view>
#include <vector>

// Text handling that knows only ASCII letters and never asks the locale.
namespace pail::text {

/// Whether both are equal when A-Z and a-z are taken as the same.
bool equals_ignore_case(std::string_view left, std::string_view right);

/// A-Z become a-z, every other byte stays.
std::string to_lower(std::string_view in);

/// Without spaces and tabs at both ends (the optional white space of HTTP fields).
std::string_view trim(std::string_view in);

/// Whether in begins with prefix when A-Z and a-z are taken as the same.
bool starts_with_ignore_case(std::string_view in, std::string_view prefix);

/// The pieces between separators; always at least one, and empty pieces are kept. The pieces are
/// views into in.
std::vector<std::string_view> split(std::string_view in, char separator);

/// Whether both are equal, in a time that depends on the lengths only. For signatures and other
/// values that an attacker may guess byte by byte.
bool constant_time_equals(std::string_view left, std::string_view right);

}  // namespace pail::text
