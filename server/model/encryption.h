#pragma once

#include <string>

namespace pail::model {

enum class EncryptionKind {
  kSseS3,       // AES256: what every object is said to have unless something else was asked for
  kSseKms,      // aws:kms
  kSseKmsDsse,  // aws:kms:dsse
  kCustomer,    // SSE-C: the bytes on the medium are encrypted with a key that only the client has
};

/// How an object is (SSE-C) or is said to be (all others) encrypted. A value.
struct Encryption {
  EncryptionKind kind = EncryptionKind::kSseS3;
  /// Of aws:kms and aws:kms:dsse: the ARN of the key, as answers show it.
  std::string kms_key_id;
  /// x-amz-server-side-encryption-context as it was sent: base64 of JSON; empty if none was.
  std::string kms_context;
  bool bucket_key_enabled = false;
  /// Of SSE-C: base64 of the MD5 of the key, as in ...-customer-key-MD5.
  std::string customer_key_md5;
  /// Of SSE-C: what the cipher needs besides the key, in the cipher's own form; not secret.
  std::string cipher_header;
  bool operator==(const Encryption&) const = default;
};

}  // namespace pail::model
