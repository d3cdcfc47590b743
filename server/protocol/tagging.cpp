#include "protocol/tagging.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/ascii.h"
#include "text/percent.h"
#include "text/utf8.h"

namespace pail::protocol {
namespace {

constexpr std::size_t kMaxKeyCharacters = 128;
constexpr std::size_t kMaxValueCharacters = 256;
constexpr const char* kHeader = "x-amz-tagging";

/// Letters, digits, white space of any script and + - = . _ : / @.
bool is_tag_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return true;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view(" \t\r\n+-=._:/@").find(c) != std::string_view::npos;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_tag_text(std::string_view text, std::size_t most_characters) {
  return text::is_valid_utf8(text) && std::ranges::all_of(text, is_tag_character) &&
         characters(text) <= most_characters;
}

bool is_duplicate(const std::vector<model::NamedValue>& tags, std::size_t index) {
  return std::any_of(tags.begin(), tags.begin() + static_cast<std::ptrdiff_t>(index),
                     [&](const model::NamedValue& tag) { return tag.name == tags[index].name; });
}

Unexpected<S3Error> invalid_tag(const char* message, const model::NamedValue& tag) {
  return fail(S3Error(S3ErrorCode::InvalidTag, message).with("TagKey", tag.name));
}

Unexpected<S3Error> invalid_header(std::string_view field) {
  return invalid_argument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters "
      "without tag name duplicates.",
      kHeader, std::string(field));
}

Unexpected<S3Error> too_many_tags(TaggedThing thing) {
  return fail(S3ErrorCode::BadRequest, thing == TaggedThing::kObject
                                           ? "Object tags cannot be greater than 10"
                                           : "Bucket tag count cannot be greater than 50");
}

Unexpected<S3Error> reserved_tag(const model::NamedValue& tag, TaggedThing thing) {
  switch (thing) {
    case TaggedThing::kBucket:
      return invalid_tag("System tags cannot be added/updated by requester", tag);
    case TaggedThing::kNewBucket:
      return fail(S3ErrorCode::InvalidTag,
                  "User-defined tag keys can't start with \"aws:\". This prefix is reserved for "
                  "system tags. Remove \"aws:\" from your tag keys and try again.");
    case TaggedThing::kObject:
      break;
  }
  return invalid_tag("Your TagKey cannot be prefixed with aws:", tag);
}

}  // namespace

S3Result<void> check_tags(const std::vector<model::NamedValue>& tags, TaggedThing thing) {
  if (tags.size() > (thing == TaggedThing::kObject ? kMaxObjectTags : kMaxBucketTags))
    return too_many_tags(thing);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const model::NamedValue& tag = tags[i];
    if (is_duplicate(tags, i))
      return invalid_tag("Cannot provide multiple Tags with the same key", tag);
    if (tag.name.starts_with("aws:")) return reserved_tag(tag, thing);
    if (tag.name.empty() || !is_tag_text(tag.name, kMaxKeyCharacters))
      return invalid_tag("The TagKey you have provided is invalid", tag);
    if (!is_tag_text(tag.value, kMaxValueCharacters)) {
      return fail(S3Error(S3ErrorCode::InvalidTag, "The TagValue you have provided is invalid")
                      .with("TagKey", tag.name)
                      .with("TagValue", tag.value));
    }
  }
  return {};
}

S3Result<std::vector<model::NamedValue>> parse_tagging_header(std::string_view field) {
  std::vector<model::NamedValue> tags;
  for (std::string_view pair : text::split(text::trim(field), '&')) {
    if (pair.empty()) continue;
    if (tags.size() == kMaxObjectTags) return too_many_tags(TaggedThing::kObject);
    const auto equals = pair.find('=');
    auto name = text::form_decode(pair.substr(0, equals));
    auto value = text::form_decode(equals == std::string_view::npos ? std::string_view()
                                                                    : pair.substr(equals + 1));
    if (!name || !value || name->empty()) return invalid_header(field);
    if (!std::ranges::all_of(*name + *value, is_tag_character)) return invalid_header(field);
    tags.push_back({std::move(*name), std::move(*value)});
    if (is_duplicate(tags, tags.size() - 1)) return invalid_header(field);
  }
  if (auto checked = check_tags(tags, TaggedThing::kObject); !checked)
    return fail(std::move(checked).error());
  return tags;
}

}  // namespace pail::protocol
