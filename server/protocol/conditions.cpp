#include "protocol/conditions.h"

#include <chrono>
#include <utility>

#include "protocol/etag.h"
#include "text/ascii.h"
#include "time/date.h"

namespace pail::protocol {
namespace {

/// The four conditions under the names that they have with some prefix.
struct ConditionNames {
  const char* if_match;
  const char* if_none_match;
  const char* if_modified_since;
  const char* if_unmodified_since;
};

constexpr ConditionNames kPlain = {"If-Match", "If-None-Match", "If-Modified-Since",
                                   "If-Unmodified-Since"};
constexpr ConditionNames kCopySource = {
    "x-amz-copy-source-If-Match", "x-amz-copy-source-If-None-Match",
    "x-amz-copy-source-If-Modified-Since", "x-amz-copy-source-If-Unmodified-Since"};

std::optional<std::string> list_of(const http::HeaderMap& headers, std::string_view name) {
  const auto values = headers.find_all(name);
  if (values.empty()) return std::nullopt;
  std::string all;
  for (std::string_view value : values) {
    if (!all.empty()) all += ", ";
    all += value;
  }
  return all;
}

std::optional<time::Timestamp> date_of(const http::HeaderMap& headers, std::string_view name) {
  const auto value = headers.find(name);
  if (!value) return std::nullopt;
  return time::parse_http_date(text::trim(*value));
}

ReadConditions parse_conditions(const http::HeaderMap& headers, const ConditionNames& names) {
  return {list_of(headers, names.if_match), list_of(headers, names.if_none_match),
          date_of(headers, names.if_modified_since), date_of(headers, names.if_unmodified_since)};
}

Unexpected<S3Error> precondition_failed(const char* condition) {
  return fail(S3Error(S3ErrorCode::PreconditionFailed).with("Condition", condition));
}

Unexpected<S3Error> not_modified(const model::ObjectVersion& object) {
  S3Error error(S3ErrorCode::NotModified);
  error.headers.push_back({"ETag", quote_etag(object.etag)});
  error.headers.push_back({"Last-Modified", time::format_http_date(object.last_modified)});
  const auto& attributes = object.attributes;
  if (!attributes.cache_control.empty())
    error.headers.push_back({"Cache-Control", attributes.cache_control});
  if (!attributes.expires.empty()) error.headers.push_back({"Expires", attributes.expires});
  return fail(std::move(error));
}

/// HTTP dates have no fraction.
time::Timestamp whole_seconds(time::Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

/// The two that must hold for the request to be carried out at all: the name of the one that does
/// not.
const char* failed_requirement(const ReadConditions& conditions, const model::ObjectVersion& object,
                               const ConditionNames& names) {
  if (conditions.if_match) {
    return etag_list_matches(*conditions.if_match, object.etag, EtagComparison::kStrong)
               ? nullptr
               : names.if_match;
  }
  if (conditions.if_unmodified_since &&
      whole_seconds(object.last_modified) > *conditions.if_unmodified_since) {
    return names.if_unmodified_since;
  }
  return nullptr;
}

/// The two that say that the client has it already: the name of the one that does.
const char* client_has_it(const ReadConditions& conditions, const model::ObjectVersion& object,
                          time::Timestamp now, const ConditionNames& names) {
  if (conditions.if_none_match) {
    return etag_list_matches(*conditions.if_none_match, object.etag, EtagComparison::kWeak)
               ? names.if_none_match
               : nullptr;
  }
  if (conditions.if_modified_since && *conditions.if_modified_since <= now &&
      whole_seconds(object.last_modified) <= *conditions.if_modified_since) {
    return names.if_modified_since;
  }
  return nullptr;
}

Unexpected<S3Error> unsupported_condition(const char* header, std::string additional_message) {
  return fail(S3Error(S3ErrorCode::NotImplemented)
                  .with("Header", header)
                  .with("additionalMessage", std::move(additional_message)));
}

}  // namespace

ReadConditions parse_read_conditions(const http::HeaderMap& headers) {
  return parse_conditions(headers, kPlain);
}

S3Result<void> check_read_conditions(const ReadConditions& conditions,
                                     const model::ObjectVersion& object, time::Timestamp now) {
  if (const char* failed = failed_requirement(conditions, object, kPlain))
    return precondition_failed(failed);
  if (client_has_it(conditions, object, now, kPlain)) return not_modified(object);
  return {};
}

ReadConditions parse_copy_source_conditions(const http::HeaderMap& headers) {
  return parse_conditions(headers, kCopySource);
}

S3Result<void> check_copy_source_conditions(const ReadConditions& conditions,
                                            const model::ObjectVersion& source,
                                            time::Timestamp now) {
  if (const char* failed = failed_requirement(conditions, source, kCopySource))
    return precondition_failed(failed);
  if (const char* failed = client_has_it(conditions, source, now, kCopySource))
    return precondition_failed(failed);
  return {};
}

S3Result<WriteConditions> parse_write_conditions(const http::HeaderMap& headers) {
  const auto if_match = headers.find(kPlain.if_match);
  const auto if_none_match = headers.find(kPlain.if_none_match);
  if (if_match && if_none_match) {
    return unsupported_condition("If-Match,If-None-Match",
                                 "Multiple conditional request headers present in the request");
  }
  WriteConditions conditions;
  if (if_none_match) {
    if (text::trim(*if_none_match) != "*") {
      return unsupported_condition(
          kPlain.if_none_match,
          "We don't accept the provided value of If-None-Match header for this API");
    }
    conditions.if_none_match = true;
  }
  if (if_match) {
    if (text::trim(*if_match) == "*") {
      return unsupported_condition(
          kPlain.if_match, "We don't accept the provided value of If-Match header for this API");
    }
    conditions.if_match = std::string(*if_match);
  }
  return conditions;
}

S3Result<void> check_write_conditions(const WriteConditions& conditions,
                                      const model::ObjectVersion* current, std::string_view key) {
  if (conditions.if_none_match && current) return precondition_failed(kPlain.if_none_match);
  if (!conditions.if_match) return {};
  if (!current) {
    return fail(S3Error(S3ErrorCode::NoSuchKey).with("Key", std::string(key)));
  }
  if (!etag_list_matches(*conditions.if_match, current->etag, EtagComparison::kStrong))
    return precondition_failed(kPlain.if_match);
  return {};
}

ObjectGuard write_guard(WriteConditions conditions, std::string key) {
  if (conditions.empty()) return {};
  return [conditions = std::move(conditions),
          key = std::move(key)](const model::ObjectVersion* current) -> std::optional<S3Error> {
    auto checked = check_write_conditions(conditions, current, key);
    if (checked) return std::nullopt;
    return std::move(checked).error();
  };
}

S3Result<std::optional<std::string>> parse_delete_condition(const http::HeaderMap& headers) {
  for (const char* name : {"x-amz-if-match-last-modified-time", "x-amz-if-match-size"}) {
    if (headers.contains(name))
      return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", name));
  }
  return list_of(headers, kPlain.if_match);
}

ObjectGuard delete_guard(std::optional<std::string> if_match, std::string key) {
  if (!if_match) return {};
  return write_guard({.if_none_match = false, .if_match = std::move(if_match)}, std::move(key));
}

}  // namespace pail::protocol
