#include "operations/object_updating.h"

#include <utility>

#include "operations/object_reading.h"
#include "operations/store_failure.h"
#include "operations/versioning.h"

namespace pail::operations {

Task<S3Result<std::optional<std::string>>> update_requested(OperationContext& context,
                                                            const AuthorizedRequest& request,
                                                            std::optional<std::string> version_id,
                                                            ObjectUpdate update) {
  std::string updated_id;
  // Made before the co_await: GCC 12 destroys a closure that is converted within one twice.
  store::Store::Update guarded = [&request, &updated_id, update = std::move(update)](
                                     model::ObjectVersion& version) -> std::optional<S3Error> {
    // Unlike a reader, who is told NoSuchKey of the latest (recorded).
    if (version.is_delete_marker) return delete_marker_error(request, version, true);
    updated_id = version.version_id;
    return update(version);
  };
  FailureNames names{
      .bucket = request.bucket_name(), .key = request.key(), .version_id = version_id.value_or("")};
  auto updated = co_await context.store.update_object(request.bucket().id, request.key(),
                                                      std::move(version_id), std::move(guarded));
  if (!updated) co_return store_failure(std::move(updated).error(), names);
  co_return shown_version_id(request.bucket(), updated_id);
}

}  // namespace pail::operations
