#include "auth/payload_hash.h"

#include <utility>

#include "error/try.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace pail::auth {

PayloadHashBody::PayloadHashBody(http::BodyReader& inner, std::string announced)
    : inner_(inner), announced_(std::move(announced)), digest_(checksum::make_sha256()) {}

Task<S3Result<std::span<const std::byte>>> PayloadHashBody::read() {
  if (failed_) co_return fail(S3ErrorCode::IncompleteBody);
  if (!digest_) co_return std::span<const std::byte>{};
  auto bytes = co_await inner_.read();
  if (!bytes) {
    failed_ = true;
    co_return Unexpected{std::move(bytes).error()};
  }
  if (bytes->empty()) co_return finish();
  digest_->update(*bytes);
  co_return *bytes;
}

S3Result<std::span<const std::byte>> PayloadHashBody::finish() {
  std::string computed = text::hex_encode(digest_->finish());
  digest_.reset();
  if (text::equals_ignore_case(announced_, computed)) return std::span<const std::byte>{};
  failed_ = true;
  return fail(payload_hash_mismatch(announced_, std::move(computed)));
}

S3Error payload_hash_mismatch(std::string announced, std::string computed) {
  return S3Error(S3ErrorCode::XAmzContentSHA256Mismatch)
      .with("ClientComputedContentSHA256", std::move(announced))
      .with("S3ComputedContentSHA256", std::move(computed));
}

}  // namespace pail::auth
