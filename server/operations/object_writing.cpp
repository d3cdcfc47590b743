#include "operations/object_writing.h"

#include <chrono>
#include <utility>

#include "operations/store_failure.h"

namespace pail::operations {

Task<S3Result<WrittenObject>> write_object(OperationContext& context,
                                           const AuthorizedRequest& request, TakenBody taken,
                                           model::ObjectAttributes attributes,
                                           protocol::WriteConditions conditions) {
  model::ObjectVersion version;
  version.key = request.key();
  version.size_bytes = taken.size_bytes;
  version.etag = taken.etag;
  version.last_modified = std::chrono::floor<std::chrono::seconds>(context.clock.now());
  version.checksum = taken.checksum;
  version.attributes = std::move(attributes);
  version.owner_id = request.bucket().owner_id;
  auto guard = protocol::write_guard(std::move(conditions), request.key());
  auto stored = co_await context.store.put_object(request.bucket().id, std::move(version),
                                                  std::move(taken.content), std::move(guard));
  if (!stored) {
    co_return store_failure(std::move(stored).error(),
                            {.bucket = request.bucket_name(), .key = request.key()});
  }
  co_return WrittenObject{std::move(taken.etag), std::move(taken.checksum)};
}

}  // namespace pail::operations
