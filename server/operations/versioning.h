#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/header_map.h"
#include "model/bucket.h"
#include "model/object.h"
#include "operations/operation.h"

namespace pail::operations {

enum class Versioning { kNever, kEnabled, kSuspended };

/// Whether a bucket keeps versions.
Versioning versioning_of(const model::Bucket& bucket);

/// The id of a version that is written to the bucket now: "null" unless versions are kept.
std::string new_version_id(OperationContext& context, const model::Bucket& bucket);

/// The delete marker that a deletion without a version id leaves; nothing where the bucket never
/// kept versions.
std::optional<model::ObjectVersion> new_delete_marker(OperationContext& context,
                                                      const model::Bucket& bucket);

/// The version id as answers show it: nothing where the bucket never kept versions.
std::optional<std::string> shown_version_id(const model::Bucket& bucket,
                                            std::string_view version_id);

/// x-amz-version-id, if there is one to show.
void add_version_header(const std::optional<std::string>& shown, http::HeaderMap& out);

}  // namespace pail::operations
