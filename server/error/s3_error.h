#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

namespace pail {

/// Every error code that pail can answer; the rows of errors.def.
enum class S3ErrorCode {
#define S3_ERROR(code, status, message) code,
#include "error/errors.def"
#undef S3_ERROR
};

/// The code as it stands in the XML, e.g. "NoSuchKey".
std::string_view error_name(S3ErrorCode code);
/// The code of that name; nothing if the catalogue has none.
std::optional<S3ErrorCode> find_error(std::string_view name);
/// The names of all codes, in the order of the catalogue.
std::vector<std::string_view> error_names();
/// The HTTP status that belongs to the code.
int error_status(S3ErrorCode code);
/// AWS's message for the code, word for word.
std::string_view error_message(S3ErrorCode code);

/// An S3 error on its way to the client. A value.
struct S3Error {
  struct Field {
    std::string name;
    std::string value;
    bool operator==(const Field&) const = default;
  };

  explicit S3Error(S3ErrorCode error_code) : code(error_code), message(error_message(error_code)) {}
  S3Error(S3ErrorCode error_code, std::string text) : code(error_code), message(std::move(text)) {}

  /// Adds a further element to the XML, e.g. ("Key", key); the order is kept.
  S3Error with(std::string name, std::string value) &&;
  /// Adds a header to the answer, e.g. ("Allow", "GET").
  S3Error with_header(std::string name, std::string value) &&;
  /// Says for people why and what to do next: goes to the log, never into the XML.
  S3Error because(std::string text) &&;

  int status() const { return error_status(code); }

  S3ErrorCode code;
  std::string message;
  std::vector<Field> fields;
  std::vector<Field> headers;
  std::string hint;
  /// The connection can not carry another request (framing lost, body refused).
  bool closes_connection = false;
};

/// Builds the failure half of a Result: `return fail(S3ErrorCode::NoSuchKey)`.
inline Unexpected<S3Error> fail(S3ErrorCode code) { return {S3Error(code)}; }
inline Unexpected<S3Error> fail(S3ErrorCode code, std::string message) {
  return {S3Error(code, std::move(message))};
}
inline Unexpected<S3Error> fail(S3Error error) { return {std::move(error)}; }

/// What S3 operations and their parts return.
template <typename T>
using S3Result = Result<T, S3Error>;

/// InvalidArgument in the form AWS gives it: message, ArgumentName, ArgumentValue.
Unexpected<S3Error> invalid_argument(std::string message, std::string name, std::string value);

}  // namespace pail
