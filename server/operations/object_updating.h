#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/object.h"
#include "operations/operation.h"

namespace pail::operations {

/// Changes what is said of a version (tags, ACL, lock), or refuses to. Runs inside the store's
/// transaction: quick, without calling the store.
using ObjectUpdate = std::function<std::optional<S3Error>(model::ObjectVersion&)>;

/// Applies `update` to the object version that a request names, without an id to the latest.
/// Returns the version's id as answers show it (nothing where the bucket never kept versions).
/// Fails: NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker, what `update` refuses
/// with.
Task<S3Result<std::optional<std::string>>> update_requested(OperationContext& context,
                                                            const AuthorizedRequest& request,
                                                            std::optional<std::string> version_id,
                                                            ObjectUpdate update);

}  // namespace pail::operations
