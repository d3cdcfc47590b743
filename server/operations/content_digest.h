#pragma once

#include "checksum/algorithm.h"
#include "error/s3_error.h"
#include "operations/body_intake.h"
#include "store/store.h"
#include "task/task.h"

namespace pail::operations {

/// Reads stored bytes once more, in bounded memory, for digests that are not known of them, and
/// writes them to `copy_to`, if there is one. Lets
/// other work on the same executor pass every few megabytes. Fails: InternalError.
Task<S3Result<BodyDigests::Values>> digest_content(store::ContentReader& reader,
                                                   checksum::Algorithm algorithm,
                                                   store::BlobWriter* copy_to = nullptr);

}  // namespace pail::operations
