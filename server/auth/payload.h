#pragma once

#include <cstdint>
#include <string_view>

#include "error/s3_error.h"
#include "http/header_map.h"

namespace pail::auth {

/// What x-amz-content-sha256 says about the body.
enum class PayloadKind {
  kUnsigned,               // UNSIGNED-PAYLOAD
  kHash,                   // 64 hex digits
  kSignedChunks,           // STREAMING-AWS4-HMAC-SHA256-PAYLOAD
  kSignedChunksTrailer,    // STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER
  kUnsignedChunksTrailer,  // STREAMING-UNSIGNED-PAYLOAD-TRAILER
};

constexpr bool is_chunked(PayloadKind kind) { return kind >= PayloadKind::kSignedChunks; }

/// Fails: InvalidArgument with AWS's list of the values; NotImplemented for chunks signed by
/// SigV4a.
S3Result<PayloadKind> parse_payload_kind(std::string_view value);

/// How long the body of an aws-chunked request is without its framing. Fails: MissingContentLength
/// without x-amz-decoded-content-length, or if it is no number.
S3Result<std::uint64_t> decoded_length_bytes(const http::HeaderMap& headers);

/// AWS takes aws-chunked only with one of the STREAMING- values. Fails: InvalidArgument.
S3Result<void> check_unsigned_encoding(const http::HeaderMap& headers);

}  // namespace pail::auth
