#include "protocol/form_headers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "protocol/metadata_text.h"
#include "text/ascii.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kAmzFieldPrefix = "x-amz-";
constexpr std::string_view kMetaFieldPrefix = "x-amz-meta-";

constexpr auto kSystemHeaders = std::to_array<std::string_view>(
    {"Cache-Control", "Content-Type", "Content-Disposition", "Content-Encoding", "Content-Language",
     "Content-MD5", "Expires"});

/// x-amz-* fields that belong to the signature, or to the framing of a body that is no form.
constexpr auto kForeign = std::to_array<std::string_view>(
    {"x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature", "x-amz-security-token",
     "x-amz-content-sha256", "x-amz-decoded-content-length", "x-amz-trailer",
     "x-amz-sdk-checksum-algorithm"});

template <std::size_t kCount>
bool is_one_of(const std::array<std::string_view, kCount>& names, std::string_view name) {
  return std::ranges::any_of(
      names, [name](std::string_view other) { return text::equals_ignore_case(name, other); });
}

/// The header that the field stands for; empty if it stands for none.
std::string header_name(std::string_view field) {
  if (text::equals_ignore_case(field, "acl")) return "x-amz-acl";
  const bool is_amz = text::starts_with_ignore_case(field, kAmzFieldPrefix);
  if (is_amz ? is_one_of(kForeign, field) : !is_one_of(kSystemHeaders, field)) return {};
  return std::string(field);
}

}  // namespace

S3Result<http::HeaderMap> form_headers(const FormFields& fields) {
  http::HeaderMap headers;
  for (const FormField& field : fields) {
    std::string name = header_name(field.name);
    const bool is_metadata = text::starts_with_ignore_case(name, kMetaFieldPrefix);
    if (name.empty() || (field.value.empty() && !is_metadata)) continue;
    std::string value = is_metadata ? metadata_to_wire(field.value) : field.value;
    if (!is_field_name(name) || has_control_character(value)) {
      return invalid_argument("Header value cannot be represented using ISO-8859-1.", field.name,
                              field.value);
    }
    headers.add(std::move(name), std::move(value));
  }
  return headers;
}

}  // namespace pail::protocol
