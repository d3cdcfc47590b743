#pragma once

#include <string>

#include "error/s3_error.h"
#include "store/store.h"

namespace pail::operations {

/// The names that an error answer shows; whatever is not known stays empty.
struct FailureNames {
  std::string bucket = {};
  std::string key = {};
  std::string upload_id = {};
  std::string version_id = {};
};

/// The one mapping from what a store says to what S3 says. A refusal of a Guard passes through as
/// it is; what is broken (disk full included) becomes InternalError with the detail as hint, never
/// in the answer.
S3Error to_s3_error(store::StoreError error, const FailureNames& names);

/// The failure half of a Result: `if (!found) return store_failure(found.error(), names);`
inline Unexpected<S3Error> store_failure(store::StoreError error, const FailureNames& names) {
  return fail(to_s3_error(std::move(error), names));
}

}  // namespace pail::operations
