#pragma once

#include <optional>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object_lock.h"
#include "time/clock.h"

// What headers say of an object's lock. All functions are pure.
namespace pail::protocol {

/// "GOVERNANCE" or "COMPLIANCE", nothing for any other text.
std::optional<model::RetentionMode> parse_retention_mode(std::string_view text);
const char* retention_mode_name(model::RetentionMode mode);

/// "ON" or "OFF": whether it is the former; nothing for any other text.
std::optional<bool> parse_legal_hold(std::string_view text);
const char* legal_hold_name(bool legal_hold);

/// x-amz-object-lock-mode, -retain-until-date and -legal-hold of a request that writes an object.
/// Fails: InvalidArgument as AWS was recorded to (only one of mode and date, an unknown mode, a
/// date of another form or in the past, a legal hold that is neither ON nor OFF).
S3Result<model::ObjectLock> parse_object_lock_headers(const http::HeaderMap& headers,
                                                      time::Timestamp now);

/// x-amz-object-lock-mode and -retain-until-date.
void add_retention_headers(const model::Retention& retention, http::HeaderMap& out);

/// x-amz-object-lock-legal-hold.
void add_legal_hold_header(bool legal_hold, http::HeaderMap& out);

}  // namespace pail::protocol
