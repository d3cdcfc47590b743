#pragma once

#include <optional>

#include "encryption/bucket_default.h"
#include "encryption/customer_key.h"
#include "encryption/kms_keys.h"
#include "error/s3_error.h"
#include "http/header_map.h"
#include "model/encryption.h"

namespace pail::encryption {

/// How an object is to be encrypted. A value.
struct Choice {
  /// Of SSE-C without the cipher header, which make_cipher_header() adds.
  model::Encryption encryption;
  /// Of SSE-C.
  std::optional<CustomerKey> key;
};

/// Whether a request says anything about the encryption of the object that it writes or reads.
bool names_encryption(const http::HeaderMap& headers);

/// What the headers of a request that writes an object and, where they say nothing, the bucket
/// choose. A bucket key that the request does not speak of is the bucket's choice. Fails as AWS was
/// recorded to: InvalidArgument (contradictions, an unknown method, a context that is no JSON in
/// base64), as parse_customer_key() and resolve_kms_key().
S3Result<Choice> choose_encryption(const http::HeaderMap& headers, const BucketDefault& by_default,
                                   const KmsPlace& place);

/// Refuses x-amz-server-side-encryption on requests whose object's encryption is decided already
/// (reads, parts, completion), as AWS was recorded to: InvalidArgument.
S3Result<void> refuse_choice(const http::HeaderMap& headers);

/// What answers say of an object's encryption: reads, writes and parts.
void add_encryption_headers(const model::Encryption& encryption, http::HeaderMap& out);

/// x-amz-server-side-encryption-context, which only answers to writes have.
void add_context_header(const model::Encryption& encryption, http::HeaderMap& out);

}  // namespace pail::encryption
