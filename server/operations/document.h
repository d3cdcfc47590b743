#pragma once

#include <cstddef>
#include <string>

#include "access/authorizer.h"
#include "error/s3_error.h"
#include "task/task.h"

namespace pail::operations {

/// Reads the whole body of a request whose row says kXml, kParts or kJson, and verifies Content-MD5
/// and, except for kParts, x-amz-checksum-* (header or trailer) where they are given. Fails:
/// MaxMessageLengthExceeded (more than `limit_bytes`; from Content-Length before reading),
/// InvalidDigest, BadDigest, InvalidRequest, and what the body fails with.
Task<S3Result<std::string>> read_document(const access::AuthorizedRequest& request,
                                          std::size_t limit_bytes);

/// AWS wants to know of some documents that they arrived whole. Fails: InvalidRequest without
/// Content-MD5, x-amz-checksum-* and x-amz-trailer.
S3Result<void> require_document_digest(const access::AuthorizedRequest& request);

}  // namespace pail::operations
