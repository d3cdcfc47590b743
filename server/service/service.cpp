#include "service/service.h"

#include <chrono>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "error/try.h"
#include "operations/document.h"
#include "operations/object_encryption.h"
#include "protocol/action_form.h"
#include "protocol/post_form.h"
#include "service/error_response.h"
#include "sts/answer.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::service {
namespace {

using operations::Row;
using protocol::BodyKind;
using protocol::RoutedRequest;
using protocol::Target;

constexpr std::size_t kXmlDocumentBytesMost = std::size_t{2} * 1024 * 1024;
constexpr std::size_t kPartsDocumentBytesMost = std::size_t{4} * 1024 * 1024;  // 10,000 parts
constexpr std::size_t kPolicyBytesMost = std::size_t{20} * 1024;

struct SplitTarget {
  std::string_view path;
  std::string_view query;
};

SplitTarget split_target(std::string_view target) {
  const auto question_mark = target.find('?');
  if (question_mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, question_mark), target.substr(question_mark + 1)};
}

std::string_view resource_type(Target target) {
  switch (target) {
    case Target::kService:
      return "SERVICE";
    case Target::kBucket:
      return "BUCKET";
    case Target::kObject:
      break;
  }
  return "OBJECT";
}

/// What the table could not name is refused only once the sender is known, so that a stranger
/// learns nothing.
S3Result<void> check_implemented(const RoutedRequest& routed, const Row& row) {
  if (row.handler) return {};
  if (row.spec.entry == protocol::Entry::kAction) {
    return fail(S3ErrorCode::InvalidAction,
                "Could not find operation " + std::string(routed.action->get("Action")) +
                    " for version " + std::string(routed.action->get("Version")));
  }
  if (row.spec.name == "MethodNotAllowed") {
    return fail(S3Error(S3ErrorCode::MethodNotAllowed)
                    .with("Method", routed.http.method)
                    .with("ResourceType", std::string(resource_type(routed.address.target))));
  }
  return fail(S3Error(S3ErrorCode::NotImplemented)
                  .because("pail does not do " +
                           (row.spec.name == "Unknown" ? std::string("what this query asks for")
                                                       : std::string(row.spec.name)) +
                           "; see docs/OPERATIONS.md"));
}

std::size_t document_bytes_most(BodyKind kind) {
  if (kind == BodyKind::kJson) return kPolicyBytesMost;
  return kind == BodyKind::kParts ? kPartsDocumentBytesMost : kXmlDocumentBytesMost;
}

/// Whether clients expect the Security Token Service's errors.
bool is_for_token_service(const http::Request& request) {
  const auto [path, raw_query] = split_target(request.target);
  if (path != "/") return false;
  const auto query = protocol::Query::parse(raw_query);
  return protocol::is_action_request(request, Target::kService, query ? *query : protocol::Query());
}

std::uint64_t sent_body_bytes(const http::Request& request) {
  if (auto length = request.headers.find("x-amz-decoded-content-length")) {
    return text::parse_decimal(*length).value_or(0);
  }
  return request.body->length_bytes().value_or(0);
}

}  // namespace

Task<http::Response> Service::handle(http::Request& request) {
  const auto began = std::chrono::steady_clock::now();
  const RequestIds ids = make_request_ids(context_.random);
  const time::Timestamp received = context_.clock.now();
  Observed observed = begin_observation(request, ids, received);
  RequestRecord& record = observed.record;

  std::unique_ptr<StruckRequest> struck;
  if (faults_ != nullptr && !faults_->is_empty()) {
    struck = std::make_unique<StruckRequest>(request, ids);
  }
  S3Result<http::Response> answered = fail(S3ErrorCode::InternalError);
  try {
    answered = co_await answer(request, ids, received, observed, struck.get());
  } catch (const std::exception& broken) {
    record.detail = broken.what();
  }
  if (!answered) {
    const S3Error& error = answered.error();
    record.error_code = error_name(error.code);
    record.hint = error.hint;
    if (observed.exchange) note_error(observed, error);
    answered = is_for_token_service(request) ? sts::render_error(error, ids.request_id)
                                             : render_error(error, ids, request.method == "HEAD");
  }
  http::Response response = std::move(answered).value();
  add_cors_headers(request, record, response);
  complete(response, ids, received);
  if (struck) {
    struck->spoil(response, received);
    record.fault = struck->rules();
  }
  record.status = response.status;
  observe(response, std::move(observed), began);
  co_return response;
}

Task<S3Result<http::Response>> Service::answer(http::Request& request, const RequestIds& ids,
                                               time::Timestamp received, Observed& observed,
                                               StruckRequest* struck) {
  RequestRecord& record = observed.record;
  const auto [path, raw_query] = split_target(request.target);
  PAIL_CO_TRY(auto address, protocol::resolve_address(
                                context_.names, request.headers.find("Host").value_or(""), path));
  record.bucket = address.bucket;
  record.key = address.key;
  PAIL_CO_TRY(auto query, protocol::Query::parse(raw_query));
  if (observer_) record.access_key_id = claimed_access_key_id(request.headers, query);
  if (protocol::is_action_request(request, address.target, query)) {
    PAIL_CO_TRY(auto form, co_await protocol::read_action_form(request, raw_query));
    const Row& row = operations::route_action(form.get("Action"));
    record.operation = row.spec.name;
    RoutedRequest routed{request,  path,           raw_query, std::move(query), std::move(address),
                         row.spec, ids.request_id, received};
    routed.action = std::make_shared<const protocol::ActionForm>(std::move(form));
    co_return co_await run(routed, row, observed, struck);
  }
  const Row& row = operations::route(request.method, address.target, query, request.headers);
  record.operation = row.spec.name;
  RoutedRequest routed{request,  path,           raw_query, std::move(query), std::move(address),
                       row.spec, ids.request_id, received};
  if (row.spec.entry == protocol::Entry::kForm) {
    PAIL_CO_TRY(routed.form, co_await protocol::PostForm::open(request));
    routed.address.key = record.key = routed.form->key();
    if (observed.exchange) note_form(observed, routed.form->fields());
  }
  co_return co_await run(routed, row, observed, struck);
}

S3Result<void> Service::prove_sender(http::Request& request,
                                     const auth::Authenticator& authenticator) const {
  const auto [path, raw_query] = split_target(request.target);
  PAIL_TRY(auto address, protocol::resolve_address(
                             context_.names, request.headers.find("Host").value_or(""), path));
  PAIL_TRY(auto query, protocol::Query::parse(raw_query));
  const Row& row = operations::route(request.method, address.target, query, request.headers);
  const RoutedRequest routed{
      request,  path, raw_query,           std::move(query), std::move(address),
      row.spec, {},   context_.clock.now()};
  PAIL_TRY(const auto authenticated, authenticator.authenticate(routed));
  if (authenticated.identity().is_anonymous()) return fail(S3ErrorCode::AccessDenied);
  return {};
}

Task<S3Result<http::Response>> Service::run(const RoutedRequest& routed, const Row& row,
                                            Observed& observed, StruckRequest* struck) {
  if (struck != nullptr) {
    auto instead = co_await struck->before_operation(*faults_, routed, context_.region);
    if (instead) co_return *std::move(instead);
  }
  auto proven = authenticator_.authenticate(routed);
  if (!proven && observed.exchange) {
    if (auto found = authenticator_.diagnose(routed, proven.error())) {
      note_diagnosis(observed, *std::move(found));
    }
  }
  PAIL_CO_TRY(auto authenticated, std::move(proven));
  PAIL_CO_CHECK(check_implemented(routed, row));
  PAIL_CO_TRY(auto request, context_.authorizer.authorize(std::move(authenticated)));
  PAIL_CO_CHECK(operations::check_key_transport(context_, request));
  if (row.spec.body != BodyKind::kNone && row.spec.body != BodyKind::kStream) {
    PAIL_CO_TRY(auto document,
                co_await operations::read_document(request, document_bytes_most(row.spec.body)));
    request.set_document(std::move(document));
  }
  co_return co_await row.handler(request, context_);
}

http::Response Service::refuse(const S3Error& error) {
  const RequestIds ids = make_request_ids(context_.random);
  http::Response response = render_error(error, ids, false);
  response.close_connection = true;
  Observed observed;
  RequestRecord& record = observed.record;
  record.received = context_.clock.now();
  record.request_id = ids.request_id;
  record.status = response.status;
  record.error_code = error_name(error.code);
  record.hint = error.hint;
  complete(response, ids, context_.clock.now());
  observe(response, std::move(observed), std::chrono::steady_clock::now());
  return response;
}

/// Browsers read the answer only if the bucket's CORS configuration lets them, errors included.
void Service::add_cors_headers(const http::Request& request, const RequestRecord& record,
                               http::Response& response) const {
  if (record.bucket.empty() || request.method == "OPTIONS" || !request.headers.contains("Origin"))
    return;
  const auto bucket = context_.store.find_bucket(record.bucket);
  if (!bucket) return;
  cors_rules_.add_response_headers(*bucket, request.headers, request.method, response.headers);
}

void Service::complete(http::Response& response, const RequestIds& ids,
                       time::Timestamp received) const {
  response.headers.add("x-amz-id-2", ids.host_id);
  response.headers.add("x-amz-request-id", ids.request_id);
  response.headers.add("Date", time::format_http_date(received));
  response.headers.add("Server", "AmazonS3");
}

Observed Service::begin_observation(const http::Request& request, const RequestIds& ids,
                                    time::Timestamp received) const {
  Observed observed;
  if (!observer_) return observed;
  RequestRecord& record = observed.record;
  record.received = received;
  record.request_id = ids.request_id;
  record.remote_address = request.remote_address;
  record.method = request.method;
  record.request_body_bytes = sent_body_bytes(request);
  if (detail_ == RecordDetail::kAll) {
    observed.exchange = std::make_shared<RecordedExchange>();
    const auto query = protocol::Query::parse(split_target(request.target).query);
    note_request(observed, request, query ? *query : protocol::Query());
  }
  return observed;
}

void Service::observe(http::Response& response, Observed observed,
                      std::chrono::steady_clock::time_point began) const {
  if (!observer_) return;
  if (observed.exchange) note_response(observed, response);
  auto shared = std::make_shared<RequestRecord>(std::move(observed.record));
  shared->exchange = std::move(observed.exchange);
  response.on_delivered = [this, began, shared](const http::Delivery& delivery) {
    shared->duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    shared->response_body_bytes = delivery.body_bytes;
    shared->is_delivered = delivery.complete;
    observer_(*shared);
  };
}

}  // namespace pail::service
