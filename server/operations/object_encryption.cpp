#include "operations/object_encryption.h"

#include <algorithm>
#include <utility>

#include "encryption/opening_reader.h"
#include "encryption/sealing_writer.h"
#include "encryption/stream_key.h"
#include "model/document_kind.h"
#include "operations/store_failure.h"
#include "protocol/post_form.h"
#include "text/ascii.h"

namespace pail::operations {
namespace {

using encryption::CustomerKey;
using model::EncryptionKind;

/// An alias or id that names no account is one of the sender's account, as on AWS.
encryption::KmsPlace kms_place(const OperationContext& context, const AuthorizedRequest& request) {
  const model::Bucket& bucket = request.bucket();
  if (!request.identity().is_anonymous()) return {bucket.region, request.identity().account_id};
  const auto* owner = context.directory.find_account_by_canonical_id(bucket.owner_id);
  return {bucket.region, owner ? owner->id : std::string("000000000000")};
}

/// Whether the object to be written shall have a client's key.
bool names_customer_key(const http::HeaderMap& headers) {
  return std::ranges::any_of(headers, [](const http::Header& field) {
    return text::starts_with_ignore_case(field.name, "x-amz-server-side-encryption-customer-");
  });
}

Unexpected<S3Error> customer_keys_are_blocked(const AuthorizedRequest& request,
                                              const http::HeaderMap& headers) {
  const bool copies = headers.contains("x-amz-copy-source");
  return fail(
      S3Error(S3ErrorCode::AccessDenied,
              "User: " + request.identity().arn +
                  " is not authorized to perform: " + (copies ? "s3:CopyObject" : "s3:PutObject") +
                  " on resource: \"arn:aws:s3:::" + request.bucket_name() + "/" + request.key() +
                  "\" because this bucket has blocked upload requests that specify Server Side "
                  "Encryption with Customer provided keys (SSE-C). Please specify a different "
                  "server-side encryption type")
          .because("AWS blocks customers' keys in new buckets since April 2026: allow them with "
                   "PutBucketEncryption, BlockedEncryptionTypes NONE"));
}

bool brings_customer_key(const AuthorizedRequest& request) {
  constexpr auto kIsOfKey = [](const auto& field) {
    return encryption::is_customer_key_header(field.name);
  };
  const auto& form = request.routed().form;
  return std::ranges::any_of(request.headers(), kIsOfKey) ||
         std::ranges::any_of(request.query().parameters(), kIsOfKey) ||
         (form && std::ranges::any_of(form->fields(), kIsOfKey));
}

S3Result<encryption::BucketDefault> bucket_default(const model::Bucket& bucket) {
  const auto document = bucket.documents.find(model::document_kind::kEncryption);
  if (document == bucket.documents.end()) return encryption::BucketDefault{};
  return encryption::parse_bucket_default(document->second);
}

}  // namespace

S3Result<void> check_key_transport(const OperationContext& context,
                                   const AuthorizedRequest& request) {
  if (request.routed().http.is_tls || context.takes_customer_keys_over_http) return {};
  if (!brings_customer_key(request)) return {};
  return fail(S3Error(S3ErrorCode::InvalidRequest,
                      "Requests specifying Server Side Encryption with Customer provided keys must "
                      "be made over a secure connection.")
                  .because("a customer's key came over plain HTTP: use https (--tls auto), or "
                           "allow it with --sse-c-over-http"));
}

S3Result<encryption::Choice> choose_encryption(OperationContext& context,
                                               const AuthorizedRequest& request,
                                               const http::HeaderMap& headers) {
  const auto& documents = request.bucket().documents;
  if (!encryption::names_encryption(headers)) {
    const auto document = documents.find(model::document_kind::kEncryption);
    if (document == documents.end() || document->second == encryption::new_bucket_default()) {
      return encryption::Choice{};
    }
  }
  PAIL_TRY(const auto by_default, bucket_default(request.bucket()));
  // Before the key itself is looked at, as on AWS.
  if (by_default.blocks_customer_keys && names_customer_key(headers)) {
    return customer_keys_are_blocked(request, headers);
  }
  PAIL_TRY(auto choice,
           encryption::choose_encryption(headers, by_default, kms_place(context, request)));
  if (!choice.key) return choice;
  choice.encryption.cipher_header = encryption::make_cipher_header(*choice.key, context.random);
  return choice;
}

std::unique_ptr<store::BlobWriter> begin_write(OperationContext& context,
                                               const model::Encryption& encryption,
                                               const std::optional<CustomerKey>& key,
                                               std::uint32_t part_number) {
  auto writer = context.store.begin_write();
  if (encryption.kind != EncryptionKind::kCustomer || !key) return writer;
  return std::make_unique<encryption::SealingWriter>(
      std::move(writer), *key, encryption.cipher_header, part_number, context.random);
}

bool has_md5_etag(const model::Encryption& encryption) {
  return encryption.kind == EncryptionKind::kSseS3;
}

std::string etag_of(OperationContext& context, const model::Encryption& encryption,
                    std::string md5) {
  constexpr std::size_t kEtagBytes = 16;
  return has_md5_etag(encryption) ? std::move(md5) : random::random_hex(context.random, kEtagBytes);
}

S3Result<void> check_key(const model::Encryption& encryption,
                         const std::optional<CustomerKey>& key) {
  if (encryption.kind != EncryptionKind::kCustomer) {
    if (!key) return {};
    return fail(S3ErrorCode::InvalidRequest,
                "The encryption parameters are not applicable to this object.");
  }
  if (!key) {
    return fail(S3ErrorCode::InvalidRequest,
                "The object was stored using a form of Server Side Encryption. The correct "
                "parameters must be provided to retrieve the object.");
  }
  if (encryption::is_key_of(*key, encryption.cipher_header)) return {};
  return fail(S3ErrorCode::AccessDenied,
              "Requests specifying Server Side Encryption with Customer provided keys must provide "
              "the correct secret key.");
}

S3Result<void> check_part_key(const model::Encryption& encryption,
                              const std::optional<CustomerKey>& key) {
  if ((encryption.kind == EncryptionKind::kCustomer) != key.has_value()) {
    return fail(S3ErrorCode::InvalidRequest,
                "The multipart upload initiate requested encryption. Subsequent part requests must "
                "include the appropriate encryption parameters.");
  }
  if (!key || encryption::is_key_of(*key, encryption.cipher_header)) return {};
  return fail(S3ErrorCode::InvalidRequest,
              "The provided encryption parameters did not match the ones used originally.");
}

S3Result<std::unique_ptr<store::ContentReader>> open_object(store::Store& store,
                                                            const store::StoredObject& object,
                                                            const std::optional<CustomerKey>& key,
                                                            std::uint64_t offset_bytes,
                                                            std::uint64_t length_bytes) {
  const model::Encryption& encryption = object.version.attributes.encryption;
  if (encryption.kind != EncryptionKind::kCustomer) {
    if (encryption.kind != EncryptionKind::kSseS3)
      PAIL_CHECK(encryption::check_kms_decryption(encryption.kms_key_id));
    return store.open(object.content.slice(offset_bytes, length_bytes));
  }
  if (!key) return fail(S3Error(S3ErrorCode::InternalError).because("no key for encrypted bytes"));
  auto reader = encryption::open_sealed(store, object, *key, offset_bytes, length_bytes);
  if (!reader) return store_failure(std::move(reader).error(), {});
  return std::move(*reader);
}

}  // namespace pail::operations
