#include "service/struck_request.h"

#include <memory>
#include <utility>

#include "service/corrupting_source.h"
#include "service/error_response.h"
#include "service/wrong_digests.h"
#include "text/decimal.h"
#include "time/date.h"

namespace pail::service {
namespace {

using fault::Effect;
using fault::Reset;
using protocol::RoutedRequest;

constexpr int kPermanentRedirect = 301;
constexpr int kOk = 200;

std::optional<int> part_number(const RoutedRequest& routed) {
  constexpr std::uint64_t kMost = 10'000;
  const auto text = routed.query.find("partNumber");
  const auto number = text ? text::parse_decimal(*text) : std::nullopt;
  if (!number || *number > kMost) return std::nullopt;
  return static_cast<int>(*number);
}

fault::Sighting sight(const RoutedRequest& routed) {
  fault::Sighting sighting;
  sighting.operation = routed.operation.name;
  sighting.method = routed.http.method;
  sighting.bucket = routed.address.bucket;
  sighting.key = routed.address.key;
  sighting.listed_prefix = routed.query.find("prefix").value_or("");
  sighting.part_number = part_number(routed);
  sighting.user_agent = routed.http.headers.find("User-Agent").value_or("");
  return sighting;
}

/// The further elements that AWS gives these errors.
S3Error with_usual_fields(S3Error error, const RoutedRequest& routed) {
  switch (error.code) {
    case S3ErrorCode::NoSuchKey:
      return std::move(error).with("Key", routed.address.key);
    case S3ErrorCode::NoSuchBucket:
      return std::move(error).with("BucketName", routed.address.bucket);
    case S3ErrorCode::ExpiredToken:
    case S3ErrorCode::InvalidToken: {
      const auto token = routed.http.headers.find("x-amz-security-token");
      if (!token) break;
      return std::move(error).with("Token-0", std::string(*token));
    }
    default:
      break;
  }
  return error;
}

/// As AWS documents both redirects: the temporary one is followed by its Location, the permanent
/// one by clients that look up the bucket's region.
S3Error make_redirect(const fault::Redirect& redirect, const RoutedRequest& routed,
                      std::string_view region) {
  const bool is_permanent = redirect.status == kPermanentRedirect;
  const std::string endpoint = redirect.endpoint.empty()
                                   ? std::string(routed.http.headers.find("Host").value_or(""))
                                   : redirect.endpoint;
  S3Error error(is_permanent ? S3ErrorCode::PermanentRedirect : S3ErrorCode::TemporaryRedirect);
  error.fields = {{"Endpoint", endpoint}, {"Bucket", routed.address.bucket}};
  error.headers = {
      {"x-amz-bucket-region", redirect.region.empty() ? std::string(region) : redirect.region}};
  if (!is_permanent) {
    const std::string scheme = routed.http.is_tls ? "https://" : "http://";
    error.headers.push_back({"Location", scheme + endpoint + routed.http.target});
  }
  return error;
}

void corrupt(http::Response& response, std::uint64_t at_byte) {
  if (response.source) {
    response.source = std::make_unique<CorruptingSource>(std::move(response.source), at_byte);
  } else if (at_byte < response.body.size()) {
    response.body[at_byte] = corrupted(response.body[at_byte]);
  }
}

}  // namespace

StruckRequest::StruckRequest(http::Request& request, const RequestIds& ids)
    : request_(request), ids_(ids), unstruck_body_(request.body), body_(*request.body) {
  request_.body = &body_;
}

StruckRequest::~StruckRequest() { request_.body = unstruck_body_; }

Task<std::optional<S3Result<http::Response>>> StruckRequest::before_operation(
    fault::FaultBook& book, const RoutedRequest& routed, std::string_view region) {
  strike_ = book.strike(sight(routed));
  if (!strike_) co_return std::nullopt;
  if (strike_->latency.count() > 0) co_await body_.pause(strike_->latency);
  const Effect& effect = strike_->effect;
  std::optional<std::uint64_t> end_bytes;
  if (effect.reset && effect.reset->point == Reset::Point::kDuringUpload) {
    end_bytes = effect.reset->after_bytes;
  }
  if (end_bytes || !effect.upload.is_plain()) body_.arm(effect.upload, end_bytes);
  co_return answer_instead(routed, region);
}

std::optional<S3Result<http::Response>> StruckRequest::answer_instead(
    const RoutedRequest& routed, std::string_view region) const {
  const Effect& effect = strike_->effect;
  if (effect.error) return fail(make_error(*effect.error, routed));
  if (effect.rate_limit) {
    fault::ErrorAnswer slow_down;
    slow_down.code = S3ErrorCode::SlowDown;
    return fail(make_error(slow_down, routed));
  }
  if (effect.redirect) return fail(make_redirect(*effect.redirect, routed, region));
  if (effect.error_in_200) {
    http::Response response = render_error(make_error(*effect.error_in_200, routed), ids_, false);
    response.status = kOk;
    return response;
  }
  if (effect.reset && effect.reset->point == Reset::Point::kBeforeOperation) {
    http::Response nothing;
    nothing.status = 0;
    return nothing;
  }
  return std::nullopt;
}

S3Error StruckRequest::make_error(const fault::ErrorAnswer& answer,
                                  const RoutedRequest& routed) const {
  S3Error error(answer.code);
  if (answer.message) error.message = *answer.message;
  if (const auto& retry_after_s = strike_->effect.retry_after_s) {
    error.headers.push_back({"Retry-After", std::to_string(*retry_after_s)});
  }
  error.hint = "the fault '" + strike_->rules + "' answered this";
  return with_usual_fields(std::move(error), routed);
}

void StruckRequest::spoil(http::Response& response, time::Timestamp received) const {
  if (!strike_) return;
  const Effect& effect = strike_->effect;
  if (effect.error && effect.error->status) response.status = *effect.error->status;
  if (effect.wrong_etag) put_wrong_etags(response);
  if (effect.wrong_checksum) put_wrong_checksums(response);
  if (effect.date_offset_s) {
    const auto date = received + std::chrono::seconds(*effect.date_offset_s);
    response.headers.set("Date", time::format_http_date(date));
  }
  if (effect.corrupt_at_byte) corrupt(response, *effect.corrupt_at_byte);
  http::DeliveryPlan plan;
  plan.pace = effect.answer;
  plan.cut = planned_cut();
  if (plan.cut || !plan.pace.is_plain()) {
    response.delivery_plan = std::make_unique<const http::DeliveryPlan>(plan);
  }
}

std::optional<http::Cut> StruckRequest::planned_cut() const {
  const Effect& effect = strike_->effect;
  if (body_.was_cut_off()) return http::Cut{std::nullopt, true};
  if (effect.truncate_after_bytes) return http::Cut{effect.truncate_after_bytes, false};
  if (!effect.reset) return std::nullopt;
  switch (effect.reset->point) {
    case Reset::Point::kBeforeOperation:
    case Reset::Point::kAfterOperation:
      return http::Cut{std::nullopt, true};
    case Reset::Point::kDuringAnswer:
      return http::Cut{effect.reset->after_bytes, true};
    case Reset::Point::kDuringUpload:
      break;
  }
  return std::nullopt;
}

}  // namespace pail::service
