#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "pail/result.h"

// Single values of a rule's JSON. `field` is how the value is called in the sentence of a refusal,
// e.g. "'stall.after_bytes'".
namespace pail::fault {

using Json = nlohmann::json;
template <typename T>
using Read = Result<T, std::string>;

/// "'a', 'b' or 'c'".
std::string alternatives(const std::vector<std::string_view>& words);

/// The one of `words` that is nearest to `word`, if it is near enough to be a slip of the finger.
std::string_view nearest_word(std::string_view word, const std::vector<std::string_view>& words);

/// A whole number of at least `least` and at most `most`.
Read<std::uint64_t> read_whole(const Json& json, std::string_view field, std::uint64_t least,
                               std::uint64_t most);
Read<std::int64_t> read_signed(const Json& json, std::string_view field, std::int64_t most);
/// A number of at least `least` and at most `most`.
Read<double> read_number(const Json& json, std::string_view field, double least, double most);
/// A text that is not empty and has at most 1024 bytes.
Read<std::string> read_text(const Json& json, std::string_view field);
/// One text or a list of them.
Read<std::vector<std::string>> read_texts(const Json& json, std::string_view field);
Read<bool> read_true(const Json& json, std::string_view field);

/// Whether `json` is an object that has all of `required` and beyond them only fields of
/// `optional`.
Read<void> check_fields(const Json& json, std::string_view field,
                        std::initializer_list<std::string_view> required,
                        std::initializer_list<std::string_view> optional = {});

}  // namespace pail::fault
