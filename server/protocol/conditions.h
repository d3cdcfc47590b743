#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object.h"
#include "time/clock.h"

// Conditional requests, as pure functions over what is known of the object.
namespace pail::protocol {

/// A condition to be evaluated where the change is made; nullptr: there is no such object. The same
/// type as store::Guard.
using ObjectGuard = std::function<std::optional<S3Error>(const model::ObjectVersion* current)>;

/// Of GET, HEAD and the source of a copy. Dates that can not be read are ignored.
struct ReadConditions {
  std::optional<std::string> if_match;
  std::optional<std::string> if_none_match;
  std::optional<time::Timestamp> if_modified_since;
  std::optional<time::Timestamp> if_unmodified_since;
};

ReadConditions parse_read_conditions(const http::HeaderMap& headers);

/// In the order of RFC 9110, section 13.2.2; seconds only, and a If-Modified-Since in the future is
/// ignored. Fails: PreconditionFailed with Condition; NotModified with ETag, Last-Modified,
/// Cache-Control and Expires as headers.
S3Result<void> check_read_conditions(const ReadConditions& conditions,
                                     const model::ObjectVersion& object, time::Timestamp now);

/// x-amz-copy-source-if-*.
ReadConditions parse_copy_source_conditions(const http::HeaderMap& headers);

/// Fails: PreconditionFailed with Condition, e.g. "x-amz-copy-source-If-Match".
S3Result<void> check_copy_source_conditions(const ReadConditions& conditions,
                                            const model::ObjectVersion& source,
                                            time::Timestamp now);

/// Of PUT, copy and CompleteMultipartUpload: at most one of the two.
struct WriteConditions {
  bool if_none_match = false;           // If-None-Match: *
  std::optional<std::string> if_match;  // an ETag

  [[nodiscard]] bool empty() const { return !if_none_match && !if_match; }
};

/// Fails: NotImplemented with Header and additionalMessage for what AWS does not take (both at
/// once, If-None-Match other than *, If-Match: *).
S3Result<WriteConditions> parse_write_conditions(const http::HeaderMap& headers);

/// Whether the object may be written while `current` stands. Fails: PreconditionFailed with
/// Condition; NoSuchKey with Key for If-Match on nothing.
S3Result<void> check_write_conditions(const WriteConditions& conditions,
                                      const model::ObjectVersion* current, std::string_view key);

/// The same, to be evaluated inside the change; an empty function if there is no condition.
ObjectGuard write_guard(WriteConditions conditions, std::string key);

/// Of DELETE: If-Match, an ETag or *. Fails: NotImplemented with Header for
/// x-amz-if-match-last-modified-time and x-amz-if-match-size, which only directory buckets know.
S3Result<std::optional<std::string>> parse_delete_condition(const http::HeaderMap& headers);

/// An empty function if there is no condition. Refuses with PreconditionFailed, or with NoSuchKey
/// where there is nothing to match.
ObjectGuard delete_guard(std::optional<std::string> if_match, std::string key);

}  // namespace pail::protocol
