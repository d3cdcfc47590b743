#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "encryption/choice.h"
#include "operations/operation.h"
#include "store/store.h"

// What the encryption of objects asks of the operations that write and read them.
namespace pail::operations {

/// Clients' keys come over https alone, as on AWS, unless the server was told otherwise. Looks at
/// headers, query and form. Fails: InvalidRequest.
S3Result<void> check_key_transport(const OperationContext& context,
                                   const AuthorizedRequest& request);

/// How an object (or upload) that a request begins is encrypted; of SSE-C with its cipher header.
/// Fails: as encryption::choose_encryption(), AccessDenied where the bucket blocks SSE-C.
S3Result<encryption::Choice> choose_encryption(OperationContext& context,
                                               const AuthorizedRequest& request,
                                               const http::HeaderMap& headers);

/// Where the bytes of an object or part go: into the store, of SSE-C through the cipher.
std::unique_ptr<store::BlobWriter> begin_write(OperationContext& context,
                                               const model::Encryption& encryption,
                                               const std::optional<encryption::CustomerKey>& key,
                                               std::uint32_t part_number = 0);

/// Whether the ETag of an object is the MD5 of its bytes.
bool has_md5_etag(const model::Encryption& encryption);

/// The ETag of bytes with that MD5 (as hex): on AWS it tells nothing of the bytes of objects under
/// SSE-KMS or SSE-C.
std::string etag_of(OperationContext& context, const model::Encryption& encryption,
                    std::string md5);

/// Whether a request brings what an object can be read with. Fails, as AWS was recorded to:
/// InvalidRequest (a key is missing, or there is one that does not apply), AccessDenied (another
/// key).
S3Result<void> check_key(const model::Encryption& encryption,
                         const std::optional<encryption::CustomerKey>& key);

/// The same for a part of an upload, with AWS's other words. Fails: InvalidRequest.
S3Result<void> check_part_key(const model::Encryption& encryption,
                              const std::optional<encryption::CustomerKey>& key);

/// The bytes [offset, offset + length) of an object as its readers see them. The key is the one
/// that check_key() let pass. Fails: the refusals of KMS, InternalError.
S3Result<std::unique_ptr<store::ContentReader>> open_object(
    store::Store& store, const store::StoredObject& object,
    const std::optional<encryption::CustomerKey>& key, std::uint64_t offset_bytes,
    std::uint64_t length_bytes);

}  // namespace pail::operations
