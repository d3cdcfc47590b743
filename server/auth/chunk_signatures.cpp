#include "auth/chunk_signatures.h"

#include <utility>

#include "auth/mismatch.h"
#include "auth/payload_hash.h"
#include "text/hex.h"

namespace pail::auth {
ChunkSignatures::ChunkSignatures(ChunkSeed seed)
    : seed_(std::move(seed)), previous_(seed_.signature), digest_(checksum::make_sha256()) {}

void ChunkSignatures::update(std::span<const std::byte> bytes) { digest_->update(bytes); }

std::string ChunkSignatures::begin_string(std::string_view algorithm) const {
  std::string text(algorithm);
  text.append(1, '\n').append(seed_.amz_date).append(1, '\n').append(seed_.scope);
  text.append(1, '\n').append(previous_).append(1, '\n');
  return text;
}

S3Result<void> ChunkSignatures::finish_chunk(std::string_view provided) {
  std::string text = begin_string("AWS4-HMAC-SHA256-PAYLOAD");
  text.append(kEmptyPayloadHash).append(1, '\n').append(text::hex_encode(digest_->finish()));
  digest_ = checksum::make_sha256();
  return compare(text, provided);
}

S3Result<void> ChunkSignatures::finish_trailers(std::string_view trailers,
                                                std::string_view provided) {
  std::string text = begin_string("AWS4-HMAC-SHA256-TRAILER");
  text.append(checksum::sha256_hex(trailers));
  return compare(text, provided);
}

S3Result<void> ChunkSignatures::compare(std::string_view string_to_sign,
                                        std::string_view provided) {
  std::string computed = sign(seed_.key, string_to_sign);
  if (!same_signature(provided, computed)) {
    return fail(signature_does_not_match(
                    {seed_.access_key_id, string_to_sign, provided, seed_.canonical_request})
                    .because("the signature of a chunk of the body does not match: the body was "
                             "changed on its way, or the client chains its signatures wrongly"));
  }
  previous_ = std::move(computed);
  return {};
}

}  // namespace pail::auth
