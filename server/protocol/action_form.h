#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/request.h"
#include "protocol/address.h"
#include "protocol/query.h"
#include "task/task.h"

namespace pail::protocol {

/// The most that is read of a form.
inline constexpr std::size_t kActionFormBytesMost = std::size_t{64} * 1024;
inline constexpr std::size_t kActionParametersMost = 512;

/// A request of AWS's query protocol, as the Security Token Service speaks it: what to do is the
/// parameter Action. A value.
struct ActionForm {
  std::string body;  // as it was sent: it is what the signature covers
  /// Those of the query and, of a POST, of the form.
  Query parameters;

  /// The value of the parameter, "" if it is not there.
  [[nodiscard]] std::string_view get(std::string_view name) const {
    return parameters.find(name).value_or("");
  }
};

/// Whether a request is one of that protocol: no request of S3 looks like it.
bool is_action_request(const http::Request& request, Target target, const Query& query);

/// Reads the whole form. Fails: MaxMessageLengthExceeded, InvalidURI (bad escape, not UTF-8), and
/// what the body fails with.
Task<S3Result<ActionForm>> read_action_form(http::Request& request, std::string_view raw_query);

}  // namespace pail::protocol
