#include "operations/document.h"

#include <algorithm>

#include "error/try.h"
#include "operations/body_intake.h"
#include "protocol/object_headers.h"
#include "text/bytes.h"

namespace pail::operations {
namespace {

Unexpected<S3Error> document_too_long(std::size_t limit_bytes) {
  return fail(S3Error(S3ErrorCode::MaxMessageLengthExceeded)
                  .with("MaxMessageLengthBytes", std::to_string(limit_bytes)));
}

/// Of the document of a CompleteMultipartUpload only Content-MD5 speaks; x-amz-checksum-* is what
/// the object shall have.
S3Result<BodyDeclaration> parse_declaration(const access::AuthorizedRequest& request) {
  PAIL_TRY(const auto headers, protocol::EffectiveHeaders::of(request.headers(), request.query()));
  if (request.routed().operation.body != protocol::BodyKind::kParts)
    return parse_body_declaration(*headers);
  http::HeaderMap about_document;
  if (const auto md5 = request.headers().find("Content-MD5"))
    about_document.add("Content-MD5", std::string(*md5));
  return parse_body_declaration(about_document);
}

}  // namespace

Task<S3Result<std::string>> read_document(const access::AuthorizedRequest& request,
                                          std::size_t limit_bytes) {
  PAIL_CO_TRY(const auto declared, parse_declaration(request));
  http::BodyReader& body = request.body();
  if (body.length_bytes().value_or(0) > limit_bytes) co_return document_too_long(limit_bytes);
  BodyDigests digests(declared.algorithm.value_or(checksum::Algorithm::kMd5));
  std::string document;
  while (true) {
    PAIL_CO_TRY(const auto bytes, co_await body.read());
    if (bytes.empty()) break;
    if (document.size() + bytes.size() > limit_bytes) co_return document_too_long(limit_bytes);
    digests.update(bytes);
    document += text::as_text(bytes);
  }
  PAIL_CO_CHECK(verify_body(declared, body.trailers(), digests.finish()));
  co_return document;
}

S3Result<void> require_document_digest(const access::AuthorizedRequest& request) {
  PAIL_TRY(const auto effective,
           protocol::EffectiveHeaders::of(request.headers(), request.query()));
  const http::HeaderMap& headers = *effective;
  const bool has_checksum =
      std::ranges::any_of(checksum::kAllAlgorithms, [&](checksum::Algorithm algorithm) {
        return headers.contains(checksum::checksum_header_name(algorithm));
      });
  if (has_checksum || headers.contains("Content-MD5") || headers.contains("x-amz-trailer"))
    return {};
  return fail(S3ErrorCode::InvalidRequest,
              "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

}  // namespace pail::operations
