#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fault/fault_book.h"
#include "http/request.h"
#include "http/response.h"
#include "protocol/routed_request.h"
#include "service/request_id.h"
#include "service/struck_body.h"

namespace pail::service {

/// A request that faults may hit, from its arrival to its answer. While it lives the request's body
/// goes through it. Made only when there are fault rules.
class StruckRequest {
 public:
  /// `request` outlives it.
  StruckRequest(http::Request& request, const RequestIds& ids);
  StruckRequest(const StruckRequest&) = delete;
  StruckRequest& operator=(const StruckRequest&) = delete;
  ~StruckRequest();

  /// The first point, once it is known what the request wants: asks the rules, waits the latency,
  /// and yields what is answered instead of the operation; nothing: the operation is to be done.
  /// `region` is that of the server.
  Task<std::optional<S3Result<http::Response>>> before_operation(
      fault::FaultBook& book, const protocol::RoutedRequest& routed, std::string_view region);

  /// The second point: spoils the complete answer, or plans how its delivery is to be spoiled.
  void spoil(http::Response& response, time::Timestamp received) const;

  /// The names of the rules that hit it; empty: none.
  [[nodiscard]] std::string_view rules() const {
    return strike_ ? std::string_view(strike_->rules) : std::string_view();
  }

 private:
  [[nodiscard]] std::optional<S3Result<http::Response>> answer_instead(
      const protocol::RoutedRequest& routed, std::string_view region) const;
  [[nodiscard]] S3Error make_error(const fault::ErrorAnswer& answer,
                                   const protocol::RoutedRequest& routed) const;
  [[nodiscard]] std::optional<http::Cut> planned_cut() const;

  http::Request& request_;
  RequestIds ids_;
  http::BodyReader* unstruck_body_;
  StruckBody body_;
  std::optional<fault::Strike> strike_;
};

}  // namespace pail::service
