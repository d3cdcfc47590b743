#include "auth/mismatch.h"

#include <string>

#include "text/bytes.h"
#include "text/hex.h"

namespace pail::auth {
namespace {

/// "41 57 53 ..."
std::string spaced_hex(std::string_view text) {
  const std::string hex = text::hex_encode(text::as_bytes(text));
  std::string out;
  out.reserve(hex.size() + hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    if (i != 0) out += ' ';
    out.append(hex, i, 2);
  }
  return out;
}

}  // namespace

S3Error signature_does_not_match(std::string_view access_key_id, std::string_view string_to_sign,
                                 std::string_view signature_provided) {
  return S3Error(S3ErrorCode::SignatureDoesNotMatch)
      .with("AWSAccessKeyId", std::string(access_key_id))
      .with("StringToSign", std::string(string_to_sign))
      .with("SignatureProvided", std::string(signature_provided))
      .with("StringToSignBytes", spaced_hex(string_to_sign));
}

S3Error signature_does_not_match(const SignatureWork& work) {
  return signature_does_not_match(work.access_key_id, work.string_to_sign, work.signature_provided)
      .with("CanonicalRequest", std::string(work.canonical_request))
      .with("CanonicalRequestBytes", spaced_hex(work.canonical_request));
}

}  // namespace pail::auth
