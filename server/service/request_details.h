#pragma once

#include <memory>
#include <string>

#include "pail/request_record.h"

#include "auth/mismatch_diagnosis.h"
#include "error/s3_error.h"
#include "http/request.h"
#include "http/response.h"
#include "protocol/form_fields.h"
#include "protocol/query.h"

namespace pail::service {

/// The access key id that a request names in its header or query; empty: none.
std::string claimed_access_key_id(const http::HeaderMap& headers, const protocol::Query& query);

/// What is told of one request, as it becomes known.
struct Observed {
  RequestRecord record;
  /// nullptr where nobody asked for details; then the functions below are not to be called.
  std::shared_ptr<RecordedExchange> exchange;
};

/// How the request is signed and checked, who sends it, its head.
void note_request(Observed& observed, const http::Request& request, const protocol::Query& query);
/// The same as the fields of a form have it.
void note_form(Observed& observed, const protocol::FormFields& fields);
/// Why it is refused.
void note_error(Observed& observed, const S3Error& error);
void note_diagnosis(Observed& observed, auth::SignatureDiagnosis diagnosis);
/// The head of the answer, and what it says about version and upload.
void note_response(Observed& observed, const http::Response& response);

}  // namespace pail::service
