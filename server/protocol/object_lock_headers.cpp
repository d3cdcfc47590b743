#include "protocol/object_lock_headers.h"

#include <string>

#include "error/try.h"
#include "time/date.h"

namespace pail::protocol {
namespace {

constexpr const char* kMode = "x-amz-object-lock-mode";
constexpr const char* kUntil = "x-amz-object-lock-retain-until-date";
constexpr const char* kLegalHold = "x-amz-object-lock-legal-hold";

Unexpected<S3Error> half_given(const char* missing) {
  return fail(S3Error(S3ErrorCode::InvalidArgument,
                      "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be "
                      "supplied")
                  .with("ArgumentName", missing));
}

S3Result<std::optional<model::Retention>> parse_retention(const http::HeaderMap& headers,
                                                          time::Timestamp now) {
  const auto mode_text = headers.find(kMode);
  const auto until_text = headers.find(kUntil);
  if (!mode_text && !until_text) return std::optional<model::Retention>();
  if (!until_text) return half_given(kUntil);
  if (!mode_text) return half_given(kMode);
  const auto mode = parse_retention_mode(*mode_text);
  if (!mode) {
    return invalid_argument("Unknown wormMode directive.", kMode, std::string(*mode_text));
  }
  const auto until = time::parse_iso8601(*until_text);
  if (!until) {
    return invalid_argument("The retain until date must be provided in ISO 8601 format", kUntil,
                            std::string(*until_text));
  }
  if (*until <= now) {
    return invalid_argument("The retain until date must be in the future!", kUntil,
                            std::string(*until_text));
  }
  return std::optional(model::Retention{*mode, *until});
}

}  // namespace

std::optional<model::RetentionMode> parse_retention_mode(std::string_view text) {
  if (text == "GOVERNANCE") return model::RetentionMode::kGovernance;
  if (text == "COMPLIANCE") return model::RetentionMode::kCompliance;
  return std::nullopt;
}

const char* retention_mode_name(model::RetentionMode mode) {
  return mode == model::RetentionMode::kGovernance ? "GOVERNANCE" : "COMPLIANCE";
}

std::optional<bool> parse_legal_hold(std::string_view text) {
  if (text == "ON") return true;
  if (text == "OFF") return false;
  return std::nullopt;
}

const char* legal_hold_name(bool legal_hold) { return legal_hold ? "ON" : "OFF"; }

S3Result<model::ObjectLock> parse_object_lock_headers(const http::HeaderMap& headers,
                                                      time::Timestamp now) {
  model::ObjectLock lock;
  PAIL_TRY(lock.retention, parse_retention(headers, now));
  if (const auto hold = headers.find(kLegalHold)) {
    lock.legal_hold = parse_legal_hold(*hold);
    if (!lock.legal_hold) {
      return invalid_argument("Legal Hold must be either of 'ON' or 'OFF'", kLegalHold,
                              std::string(*hold));
    }
  }
  return lock;
}

void add_retention_headers(const model::Retention& retention, http::HeaderMap& out) {
  out.add(kMode, retention_mode_name(retention.mode));
  out.add(kUntil, time::format_iso8601(retention.retain_until));
}

void add_legal_hold_header(bool legal_hold, http::HeaderMap& out) {
  out.add(kLegalHold, legal_hold_name(legal_hold));
}

}  // namespace pail::protocol
