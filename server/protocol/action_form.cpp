#include "protocol/action_form.h"

#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/bytes.h"

namespace pail::protocol {
namespace {

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

S3Error too_long() {
  return S3Error(S3ErrorCode::MaxMessageLengthExceeded)
      .with("MaxMessageLengthBytes", std::to_string(kActionFormBytesMost));
}

}  // namespace

bool is_action_request(const http::Request& request, Target target, const Query& query) {
  if (target != Target::kService) return false;
  if (request.method == "GET") return query.contains("Action");
  if (request.method != "POST") return false;
  return query.contains("Action") ||
         text::starts_with_ignore_case(
             text::trim(request.headers.find("Content-Type").value_or("")), kFormType);
}

Task<S3Result<ActionForm>> read_action_form(http::Request& request, std::string_view raw_query) {
  ActionForm form;
  if (request.body != nullptr) {
    if (request.body->length_bytes().value_or(0) > kActionFormBytesMost) co_return fail(too_long());
    while (true) {
      PAIL_CO_TRY(const auto bytes, co_await request.body->read());
      if (bytes.empty()) break;
      if (form.body.size() + bytes.size() > kActionFormBytesMost) co_return fail(too_long());
      form.body += text::as_text(bytes);
    }
  }
  std::string all(raw_query);
  if (!all.empty() && !form.body.empty()) all += '&';
  all += form.body;
  PAIL_CO_TRY(form.parameters, Query::parse(all));
  if (form.parameters.parameters().size() > kActionParametersMost) co_return fail(too_long());
  co_return form;
}

}  // namespace pail::protocol
