#pragma once

#include <cstddef>
#include <string>

#include "access/authorizer.h"
#include "error/s3_error.h"
#include "task/task.h"

namespace pail::operations {

/// Reads the whole body of a request whose row says kXml or kJson, and verifies Content-MD5 and
/// x-amz-checksum-* (header or trailer) where they are given. Fails: MaxMessageLengthExceeded (more
/// than `limit_bytes`; from Content-Length before reading), InvalidDigest, BadDigest,
/// InvalidRequest, and what the body fails with.
Task<S3Result<std::string>> read_document(const access::AuthorizedRequest& request,
                                          std::size_t limit_bytes);

}  // namespace pail::operations
