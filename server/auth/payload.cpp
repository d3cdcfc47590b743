#include "auth/payload.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"
#include "text/decimal.h"

namespace pail::auth {
namespace {

constexpr std::string_view kHeader = "x-amz-content-sha256";

bool is_sha256_hex(std::string_view value) {
  return value.size() == 64 && std::ranges::all_of(value, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

}  // namespace

S3Result<PayloadKind> parse_payload_kind(std::string_view value) {
  if (value == "UNSIGNED-PAYLOAD") return PayloadKind::kUnsigned;
  if (is_sha256_hex(value)) return PayloadKind::kHash;
  if (value == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD") return PayloadKind::kSignedChunks;
  if (value == "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
    return PayloadKind::kSignedChunksTrailer;
  if (value == "STREAMING-UNSIGNED-PAYLOAD-TRAILER") return PayloadKind::kUnsignedChunksTrailer;
  if (value == "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD" ||
      value == "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER") {
    return fail(S3Error(S3ErrorCode::NotImplemented).with("Header", std::string(kHeader)));
  }
  return invalid_argument(
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
      "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, "
      "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER "
      "or a valid sha256 value.",
      std::string(kHeader), std::string(value));
}

S3Result<std::uint64_t> decoded_length_bytes(const http::HeaderMap& headers) {
  const auto field = headers.find("x-amz-decoded-content-length");
  const auto length = field ? text::parse_decimal(text::trim(*field)) : std::nullopt;
  if (!length) {
    return fail(S3Error(S3ErrorCode::MissingContentLength)
                    .because("an aws-chunked body needs x-amz-decoded-content-length"));
  }
  return *length;
}

S3Result<void> check_unsigned_encoding(const http::HeaderMap& headers) {
  for (const std::string_view field : headers.find_all("Content-Encoding")) {
    for (const std::string_view coding : text::split(field, ',')) {
      if (!text::equals_ignore_case(text::trim(coding), "aws-chunked")) continue;
      // Seen in the field as AWS's answer to SDKs that mix the two.
      return invalid_argument(
          "aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is "
          "supplied.",
          std::string(kHeader), "UNSIGNED-PAYLOAD");
    }
  }
  return {};
}

}  // namespace pail::auth
