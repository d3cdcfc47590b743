#pragma once

#include <optional>
#include <string_view>

#include "store/disk/object_table.h"
#include "store/store.h"

namespace pail::store::disk {

Unexpected<StoreError> failure(StoreErrorKind kind);
Unexpected<StoreError> refuse(S3Error error);

/// What the guard (if any) says of the current object of a key; `current` gets that object. Throws
/// CatalogueFailure.
std::optional<S3Error> ask(const Guard& guard, ObjectTable& objects, const model::Bucket& bucket,
                           std::string_view key, std::optional<CurrentObject>& current);

}  // namespace pail::store::disk
