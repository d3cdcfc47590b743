#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "pail/options.h"

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "cors/cors_rules.h"
#include "fault/fault_book.h"
#include "http/request_handler.h"
#include "operations/operation.h"
#include "operations/operation_table.h"
#include "protocol/routed_request.h"
#include "service/request_details.h"
#include "service/request_id.h"
#include "service/struck_request.h"

namespace pail::service {

using RequestObserver = std::function<void(const RequestRecord&)>;

/// How much of a request its observer is told.
enum class RecordDetail {
  kLog,  // what the request log shows
  kAll,  // all of RequestRecord
};

/// The line from request to response: the only place that knows in which order a request is named,
/// authenticated, authorized, run and answered. Thread-safe; the parts outlive it.
class Service final : public http::RequestHandler {
 public:
  /// `observer` may be empty; it is called once for each request, after its response was sent.
  /// `faults`: the rules that spoil requests; nullptr: none. They outlive the service.
  Service(operations::OperationContext context, const auth::Authenticator& authenticator,
          RequestObserver observer, RecordDetail detail = RecordDetail::kLog,
          fault::FaultBook* faults = nullptr)
      : context_(std::move(context)),
        authenticator_(authenticator),
        observer_(std::move(observer)),
        faults_(faults),
        detail_(detail) {}

  Task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const S3Error& error) override;

  /// Whether `authenticator` takes the request for one that somebody has signed rightly. Reads
  /// nothing of its body, so that forms and actions in a body prove nothing here. Fails as
  /// authenticate() does; AccessDenied for who has not signed.
  [[nodiscard]] S3Result<void> prove_sender(http::Request& request,
                                            const auth::Authenticator& authenticator) const;

 private:
  Task<S3Result<http::Response>> answer(http::Request& request, const RequestIds& ids,
                                        time::Timestamp received, Observed& observed,
                                        StruckRequest* struck);
  /// `struck`: nullptr where no fault can hit the request.
  Task<S3Result<http::Response>> run(const protocol::RoutedRequest& routed,
                                     const operations::Row& row, Observed& observed,
                                     StruckRequest* struck);
  void add_cors_headers(const http::Request& request, const RequestRecord& record,
                        http::Response& response) const;
  void complete(http::Response& response, const RequestIds& ids, time::Timestamp received) const;
  [[nodiscard]] Observed begin_observation(const http::Request& request, const RequestIds& ids,
                                           time::Timestamp received) const;
  void observe(http::Response& response, Observed observed,
               std::chrono::steady_clock::time_point began) const;

  operations::OperationContext context_;
  const auth::Authenticator& authenticator_;
  RequestObserver observer_;
  fault::FaultBook* faults_;
  RecordDetail detail_;
  cors::CorsRules cors_rules_;
};

}  // namespace pail::service
