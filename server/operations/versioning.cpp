#include "operations/versioning.h"

#include <chrono>

#include "model/document_kind.h"
#include "protocol/version_id.h"

namespace pail::operations {

Versioning versioning_of(const model::Bucket& bucket) {
  const auto status = bucket.documents.find(model::document_kind::kVersioning);
  if (status == bucket.documents.end()) return Versioning::kNever;
  return status->second == "Enabled" ? Versioning::kEnabled : Versioning::kSuspended;
}

std::string new_version_id(OperationContext& context, const model::Bucket& bucket) {
  if (versioning_of(bucket) != Versioning::kEnabled) return model::kNullVersionId;
  return protocol::seal_version_id(
      random::random_token(context.random, protocol::kVersionTokenCharacters));
}

std::optional<model::ObjectVersion> new_delete_marker(OperationContext& context,
                                                      const model::Bucket& bucket) {
  if (versioning_of(bucket) == Versioning::kNever) return std::nullopt;
  model::ObjectVersion marker;
  marker.is_delete_marker = true;
  marker.version_id = new_version_id(context, bucket);
  marker.last_modified = std::chrono::floor<std::chrono::seconds>(context.clock.now());
  marker.owner_id = bucket.owner_id;
  return marker;
}

std::optional<std::string> shown_version_id(const model::Bucket& bucket,
                                            std::string_view version_id) {
  if (versioning_of(bucket) == Versioning::kNever) return std::nullopt;
  return std::string(version_id);
}

void add_version_header(const std::optional<std::string>& shown, http::HeaderMap& out) {
  if (shown) out.add("x-amz-version-id", *shown);
}

}  // namespace pail::operations
