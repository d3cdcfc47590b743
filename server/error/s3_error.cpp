#include "error/s3_error.h"

#include <array>

namespace pail {
namespace {

struct CatalogueRow {
  std::string_view name;
  int status;
  std::string_view message;
};

constexpr auto kCatalogue = std::to_array<CatalogueRow>({
#define S3_ERROR(code, status, message) {#code, status, message},
#define S3_ERROR_NAMED(code, name, status, message) {name, status, message},
#include "error/errors.def"
#undef S3_ERROR
});

const CatalogueRow& row(S3ErrorCode code) { return kCatalogue.at(static_cast<std::size_t>(code)); }

}  // namespace

std::string_view error_name(S3ErrorCode code) { return row(code).name; }

std::optional<S3ErrorCode> find_error(std::string_view name) {
  for (std::size_t i = 0; i < kCatalogue.size(); ++i) {
    if (kCatalogue.at(i).name == name) return static_cast<S3ErrorCode>(i);
  }
  return std::nullopt;
}

std::vector<std::string_view> error_names() {
  std::vector<std::string_view> names;
  names.reserve(kCatalogue.size());
  for (const CatalogueRow& each : kCatalogue) names.push_back(each.name);
  return names;
}

int error_status(S3ErrorCode code) { return row(code).status; }
std::string_view error_message(S3ErrorCode code) { return row(code).message; }

S3Error S3Error::with(std::string name, std::string value) && {
  fields.push_back({std::move(name), std::move(value)});
  return std::move(*this);
}

S3Error S3Error::with_header(std::string name, std::string value) && {
  headers.push_back({std::move(name), std::move(value)});
  return std::move(*this);
}

S3Error S3Error::because(std::string text) && {
  hint = std::move(text);
  return std::move(*this);
}

Unexpected<S3Error> invalid_argument(std::string message, std::string name, std::string value) {
  return fail(S3Error(S3ErrorCode::InvalidArgument, std::move(message))
                  .with("ArgumentName", std::move(name))
                  .with("ArgumentValue", std::move(value)));
}

}  // namespace pail
