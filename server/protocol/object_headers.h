#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object.h"
#include "protocol/query.h"

// What the headers of a request say about an object, and back again.
namespace pail::protocol {

/// AWS's limit on user-defined metadata: names without prefix and values, in bytes.
inline constexpr std::size_t kMaxUserMetadataBytes = 2048;

/// The headers of a request, and behind them the x-amz-* fields that SDKs hoist into the query of a
/// presigned URL (x-amz-checksum-crc32, x-amz-meta-*, x-amz-acl ...); those of the signature itself
/// stay out. A header wins over the query.
http::HeaderMap effective_headers(const http::HeaderMap& headers, const Query& query);

/// System metadata, user metadata, storage class and tags of a request that writes an object
/// (PutObject, CreateMultipartUpload, CopyObject with REPLACE). aws-chunked is removed from
/// Content-Encoding, all else is kept as it was sent. Fails: MetadataTooLarge, InvalidStorageClass,
/// InvalidArgument, InvalidTag, InvalidRequest.
S3Result<model::ObjectAttributes> parse_object_attributes(const http::HeaderMap& headers);

/// x-amz-storage-class, checked. Fails: InvalidStorageClass.
S3Result<std::optional<std::string>> parse_storage_class(const http::HeaderMap& headers);

/// Refuses what a writer asks for and pail does not do yet, rather than ignoring it: NotImplemented
/// with Header for object lock, SSE-KMS, SSE-C, expected bucket owner and the like;
/// AccessControlListNotSupported for ACLs other than private and bucket-owner-full-control;
/// InvalidArgument for an ACL that does not exist. x-amz-server-side-encryption: AES256 is
/// accepted: it is what every object is said to have.
S3Result<void> check_supported_headers(const http::HeaderMap& headers);

/// Content-Type (binary/octet-stream unless the client sent one), the other system metadata,
/// x-amz-meta-*, x-amz-storage-class (unless STANDARD), x-amz-tagging-count,
/// x-amz-website-redirect-location. Values that are not ASCII are written as RFC 2047 words, as AWS
/// does.
void add_object_headers(const model::ObjectAttributes& attributes, http::HeaderMap& out);

/// x-amz-checksum-<algorithm> and x-amz-checksum-type.
void add_checksum_headers(const model::Checksum& checksum, http::HeaderMap& out);

/// What every answer about an object's bytes carries: x-amz-server-side-encryption: AES256.
void add_encryption_header(http::HeaderMap& out);

/// response-content-type and its kin.
struct ResponseOverride {
  std::string_view header;
  std::string value;
};

/// Fails: InvalidRequest if an anonymous request has one; InvalidArgument if a value does not fit
/// into a header.
S3Result<std::vector<ResponseOverride>> parse_response_overrides(const Query& query,
                                                                 bool is_anonymous);

void apply_response_overrides(const std::vector<ResponseOverride>& overrides, http::HeaderMap& out);

/// Object data is what was asked of a version: nothing or "null" is the only version there is.
/// Fails: InvalidArgument "Invalid version id specified"; NoSuchVersion for an id that could exist.
S3Result<void> check_version_id(std::optional<std::string_view> version_id, std::string_view key);

}  // namespace pail::protocol
