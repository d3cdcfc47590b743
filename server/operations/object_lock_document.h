#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "model/bucket.h"
#include "model/object_lock.h"
#include "operations/object_lock.h"
#include "time/clock.h"

// The documents of object lock. All functions are pure.
namespace pail::operations {

/// An ObjectLockConfiguration: what versions are locked with by default, if at all. Fails:
/// MalformedXML, InvalidArgument (a period that is not positive or over 100 years).
S3Result<std::optional<DefaultRetention>> parse_object_lock_configuration(std::string_view xml);
std::string render_object_lock_configuration(const std::optional<DefaultRetention>& retention);

/// The configuration of a bucket whose versions can be locked, without default retention.
inline std::string render_object_lock_enabled() { return render_object_lock_configuration({}); }

/// What the bucket locks new versions with, if anything.
std::optional<DefaultRetention> default_retention_of(const model::Bucket& bucket);

/// A Retention document; nothing: it is empty, which removes the retention. Fails: MalformedXML,
/// InvalidArgument (a date in the past).
S3Result<std::optional<model::Retention>> parse_retention_document(std::string_view xml,
                                                                   time::Timestamp now);
std::string render_retention(const model::Retention& retention);

/// A LegalHold document. Fails: MalformedXML.
S3Result<bool> parse_legal_hold_document(std::string_view xml);
std::string render_legal_hold(bool legal_hold);

}  // namespace pail::operations
