#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checksum/algorithm.h"
#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/object.h"
#include "protocol/query.h"

// What the headers of a request say about an object, and back again.
namespace pail::protocol {

/// AWS's limit on user-defined metadata: names without prefix and values, in bytes.
inline constexpr std::size_t kMaxUserMetadataBytes = 2048;

/// The headers of a request and, of a presigned one, the x-amz-* fields that SDKs put into the
/// query instead (x-amz-checksum-crc32, x-amz-meta-*, x-amz-checksum-mode ...); those of the
/// signature itself stay out. A header wins over the query. Refers to the headers that it was made
/// from.
class EffectiveHeaders {
 public:
  /// Fails: InvalidArgument when a value from the query could not stand in a header.
  static S3Result<EffectiveHeaders> of(const http::HeaderMap& headers, const Query& query);

  [[nodiscard]] const http::HeaderMap& operator*() const { return merged_ ? *merged_ : *sent_; }

 private:
  explicit EffectiveHeaders(const http::HeaderMap& sent) : sent_(&sent) {}

  const http::HeaderMap* sent_;
  std::optional<http::HeaderMap> merged_;
};

/// System metadata, user metadata, storage class and tags of a request that writes an object
/// (PutObject, CreateMultipartUpload, CopyObject with REPLACE). aws-chunked is removed from
/// Content-Encoding, all else is kept as it was sent. Fails: MetadataTooLarge, InvalidStorageClass,
/// InvalidRedirectLocation, InvalidArgument, InvalidTag, BadRequest.
S3Result<model::ObjectAttributes> parse_object_attributes(const http::HeaderMap& headers);

/// x-amz-storage-class, checked; nothing if it is not there. Fails: InvalidStorageClass.
S3Result<std::optional<std::string>> parse_storage_class(const http::HeaderMap& headers);

/// x-amz-checksum-algorithm of an object that is made without a body (a copy, an upload in parts);
/// nothing if it is not there. Fails: InvalidRequest, worded as AWS was recorded to.
S3Result<std::optional<checksum::Algorithm>> parse_checksum_algorithm(
    const http::HeaderMap& headers);

/// x-amz-website-redirect-location, checked; empty if it is not there. Fails:
/// InvalidRedirectLocation.
S3Result<std::string> parse_website_redirect(const http::HeaderMap& headers);

/// Refuses what a request asks for and pail does not do yet, rather than ignoring it:
/// NotImplemented with Header for event holds, annotations and the like. For every operation on
/// objects.
S3Result<void> check_supported_headers(const http::HeaderMap& headers);

/// Content-Type (binary/octet-stream unless the client sent one), the other system metadata,
/// x-amz-meta-*, x-amz-storage-class (unless STANDARD), x-amz-tagging-count,
/// x-amz-website-redirect-location.
void add_object_headers(const model::ObjectAttributes& attributes, http::HeaderMap& out);

/// x-amz-checksum-<algorithm> and x-amz-checksum-type.
void add_checksum_headers(const model::Checksum& checksum, http::HeaderMap& out);

/// One of response-content-type and its kin.
struct ResponseOverride {
  std::string_view header;
  std::string value;
};

/// Fails: InvalidRequest if an anonymous request has one; InvalidArgument if a value does not fit
/// into a header.
S3Result<std::vector<ResponseOverride>> parse_response_overrides(const Query& query,
                                                                 bool is_anonymous);

/// Replaces the headers that the overrides name.
void apply_response_overrides(const std::vector<ResponseOverride>& overrides, http::HeaderMap& out);

}  // namespace pail::protocol
