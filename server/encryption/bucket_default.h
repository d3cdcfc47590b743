#pragma once

#include <string>
#include <string_view>

#include "error/s3_error.h"
#include "model/encryption.h"

namespace pail::encryption {

/// What PutBucketEncryption sets: how objects are encrypted that are written without saying so. A
/// value; as made it is what a bucket has that was never given one.
struct BucketDefault {
  /// AES256, aws:kms or aws:kms:dsse.
  model::EncryptionKind kind = model::EncryptionKind::kSseS3;
  /// As it was sent, in any form: AWS looks it up only when an object is written. Empty: S3's own.
  std::string kms_key_id;
  bool bucket_key_enabled = false;
  /// New objects must not be encrypted with a client's key.
  bool blocks_customer_keys = false;
  /// The document said something about blocking, be it NONE.
  bool names_blocked_types = false;
  bool operator==(const BucketDefault&) const = default;
};

/// "AES256", "aws:kms", "aws:kms:dsse"; of SSE-C "".
std::string_view algorithm_name(model::EncryptionKind kind);

/// Reads a ServerSideEncryptionConfiguration document: one rule. Fails as AWS does: MalformedXML,
/// InvalidArgument (a key for AES256). Pure.
S3Result<BucketDefault> parse_bucket_default(std::string_view xml);

/// The document as GetBucketEncryption returns it.
std::string render_bucket_default(const BucketDefault& wanted);

/// The document of a new bucket as AWS has made them since April 2026 (documented): AES256, and
/// clients' keys are blocked until PutBucketEncryption says NONE.
const std::string& new_bucket_default();

}  // namespace pail::encryption
