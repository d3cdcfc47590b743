#include "auth/signed_fields.h"

#include <algorithm>
#include <set>
#include <string>

#include "text/ascii.h"

namespace pail::auth {
namespace {

bool must_be_signed(std::string_view name) {
  if (text::equals_ignore_case(name, "host")) return true;
  return text::starts_with_ignore_case(name, "x-amz-") &&
         !text::equals_ignore_case(name, "x-amz-content-sha256");
}

}  // namespace

bool is_signed_field(std::span<const std::string_view> signed_names, std::string_view name) {
  return std::ranges::any_of(signed_names, [name](std::string_view signed_name) {
    return text::equals_ignore_case(signed_name, name);
  });
}

S3Result<void> check_signed_fields(const http::HeaderMap& headers,
                                   std::span<const std::string_view> signed_names) {
  std::set<std::string> missing;
  for (const http::Header& field : headers) {
    if (must_be_signed(field.name) && !is_signed_field(signed_names, field.name)) {
      missing.insert(text::to_lower(field.name));
    }
  }
  if (missing.empty()) return {};
  std::string list;
  for (const std::string& name : missing) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return fail(S3Error(S3ErrorCode::AccessDenied,
                      "There were headers present in the request which were not signed")
                  .with("HeadersNotSigned", list));
}

}  // namespace pail::auth
