#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "encryption/customer_key.h"
#include "error/s3_error.h"
#include "operations/body_intake.h"
#include "operations/operation.h"
#include "protocol/conditions.h"
#include "protocol/copy_source.h"
#include "store/store.h"
#include "task/task.h"

namespace pail::operations {

/// The permission to read it.
access::Need source_need(const protocol::CopySource& source);

/// What a copy or a part is taken from.
struct FoundSource {
  store::StoredObject object;
  /// For x-amz-copy-source-version-id; nothing where the source's bucket never kept versions.
  std::optional<std::string> shown_version_id;
  /// Of SSE-C.
  std::optional<encryption::CustomerKey> customer_key = {};
};

/// The object version that a copy or a part is taken from, with its bytes, if the conditions hold.
/// Fails: NoSuchBucket, NoSuchKey and NoSuchVersion with the source's names, AccessDenied instead
/// of NoSuchKey for who may not list the source's bucket, InvalidArgument (no version id),
/// InvalidRequest (a delete marker by its id), PreconditionFailed, InvalidObjectState (archived),
/// and as parse_customer_key(), check_key() and check_kms_decryption().
S3Result<FoundSource> find_copy_source(OperationContext& context, const AuthorizedRequest& request,
                                       const protocol::CopySource& source,
                                       const protocol::ReadConditions& conditions);

/// Bytes that a copy or a part takes from its source.
struct CopiedBytes {
  store::Content content;
  BodyDigests::Values digests;  // of the plain bytes
};

/// Where they go.
struct CopyTarget {
  const model::Encryption& encryption;
  const std::optional<encryption::CustomerKey>& customer_key;
  std::uint32_t part_number = 0;
};

/// Whether a copy can refer to the bytes of its source as they lie in the store: neither of them is
/// encrypted with a customer's key.
bool shares_bytes(const FoundSource& source, const model::Encryption& copy);

/// The bytes [offset, offset + length) of a source for a copy: referred to where they can be
/// shared, else read, decrypted, encrypted and written anew, in bounded memory. Fails:
/// InternalError.
Task<S3Result<CopiedBytes>> copy_bytes(OperationContext& context, const FoundSource& source,
                                       std::uint64_t offset_bytes, std::uint64_t length_bytes,
                                       const CopyTarget& target, checksum::Algorithm algorithm);

}  // namespace pail::operations
