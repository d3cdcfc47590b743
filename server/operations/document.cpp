#include "operations/document.h"

#include "error/try.h"
#include "operations/body_intake.h"
#include "text/bytes.h"

namespace pail::operations {
namespace {

Unexpected<S3Error> document_too_long(std::size_t limit_bytes) {
  return fail(S3Error(S3ErrorCode::MaxMessageLengthExceeded)
                  .with("MaxMessageLengthBytes", std::to_string(limit_bytes)));
}

}  // namespace

Task<S3Result<std::string>> read_document(const access::AuthorizedRequest& request,
                                          std::size_t limit_bytes) {
  PAIL_CO_TRY(const auto declared, parse_body_declaration(request.headers()));
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

}  // namespace pail::operations
