#include "store/disk/guard_check.h"

#include <utility>

namespace pail::store::disk {

Unexpected<StoreError> failure(StoreErrorKind kind) { return {StoreError{kind, {}, {}}}; }

Unexpected<StoreError> refuse(S3Error error) {
  return {StoreError{StoreErrorKind::kRefused, {}, std::move(error)}};
}

std::optional<S3Error> ask(const Guard& guard, ObjectTable& objects, const model::Bucket& bucket,
                           std::string_view key, std::optional<CurrentObject>& current) {
  if (!guard) {
    current = objects.find_current(bucket, key);
    return {};
  }
  ObjectRow row;
  if (!objects.read(bucket, key, row)) return guard(nullptr);
  auto error = guard(&row.version);
  current = CurrentObject{std::move(row.version.version_id), std::move(row.segments)};
  return error;
}

}  // namespace pail::store::disk
