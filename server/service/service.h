#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "pail/options.h"

#include "access/authorizer.h"
#include "auth/authenticator.h"
#include "cors/cors_rules.h"
#include "http/request_handler.h"
#include "operations/operation.h"
#include "operations/operation_table.h"
#include "protocol/routed_request.h"
#include "service/request_id.h"

namespace pail::service {

using RequestObserver = std::function<void(const RequestRecord&)>;

/// The line from request to response: the only place that knows in which order a request is named,
/// authenticated, authorized, run and answered. Thread-safe; the parts outlive it.
class Service final : public http::RequestHandler {
 public:
  /// `observer` may be empty; it is called once for each request, after its response was sent.
  Service(operations::OperationContext context, const auth::Authenticator& authenticator,
          RequestObserver observer)
      : context_(std::move(context)),
        authenticator_(authenticator),
        observer_(std::move(observer)) {}

  Task<http::Response> handle(http::Request& request) override;
  http::Response refuse(const S3Error& error) override;

 private:
  Task<S3Result<http::Response>> answer(http::Request& request, const RequestIds& ids,
                                        time::Timestamp received, RequestRecord& record);
  Task<S3Result<http::Response>> run(const protocol::RoutedRequest& routed,
                                     const operations::Row& row);
  void add_cors_headers(const http::Request& request, const RequestRecord& record,
                        http::Response& response) const;
  void complete(http::Response& response, const RequestIds& ids, time::Timestamp received) const;
  void observe(http::Response& response, RequestRecord record,
               std::chrono::steady_clock::time_point began) const;

  operations::OperationContext context_;
  const auth::Authenticator& authenticator_;
  RequestObserver observer_;
  cors::CorsRules cors_rules_;
};

}  // namespace pail::service
