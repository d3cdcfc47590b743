#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object.h"
#include "time/clock.h"

// Objects in an archive have to be restored before they can be read. All functions are pure.
namespace pail::operations {

/// GLACIER and DEEP_ARCHIVE.
bool is_archived(std::string_view storage_class);

/// Whether the bytes of a version can be read: it is not archived, or restored for now.
bool is_readable(const model::ObjectVersion& version, time::Timestamp now);

/// Fails: InvalidObjectState with the storage class.
S3Result<void> require_readable(const model::ObjectVersion& version, time::Timestamp now);

/// x-amz-restore of an archived version that is restored for now.
void add_restore_header(const model::ObjectVersion& version, time::Timestamp now,
                        http::HeaderMap& out);

enum class RetrievalTier { kStandard, kBulk, kExpedited };

/// What a RestoreRequest document asks for.
struct RestoreRequest {
  std::uint32_t days = 0;
  RetrievalTier tier = RetrievalTier::kStandard;
};

/// Fails: MalformedXML, InvalidArgument (no day), NotImplemented (a query, which S3 Select was).
S3Result<RestoreRequest> parse_restore_request(std::string_view xml);

/// Fails: InvalidObjectState for what is not archived, InvalidArgument for a tier that the class
/// does not have.
S3Result<void> check_restorable(const RestoreRequest& request, std::string_view storage_class);

/// Until when the version can be read: AWS adds the days and rounds up to midnight UTC.
time::Timestamp restored_until(const RestoreRequest& request, time::Timestamp now);

}  // namespace pail::operations
