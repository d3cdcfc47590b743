#include "encryption/bucket_default.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"

namespace pail::operations {

using model::document_kind::kEncryption;

struct PutBucketEncryption : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(auto wanted, encryption::parse_bucket_default(request.document()));
    PAIL_CHECK(keep_blocked_types(request.bucket(), wanted));
    return change_document(request, kEncryption, encryption::render_bucket_default(wanted));
  }

 private:
  /// What a request does not speak of stays as it is (reported of AWS by those who leave it out).
  static S3Result<void> keep_blocked_types(const model::Bucket& bucket,
                                           encryption::BucketDefault& wanted) {
    const auto document = bucket.documents.find(kEncryption);
    if (wanted.names_blocked_types || document == bucket.documents.end()) return {};
    PAIL_TRY(const auto present, encryption::parse_bucket_default(document->second));
    wanted.names_blocked_types = present.names_blocked_types;
    wanted.blocks_customer_keys = present.blocks_customer_keys;
    return {};
  }
};
PAIL_OPERATION(PutBucketEncryption);

/// Every bucket has a default since 2023; one that was never given another, AES256.
struct GetBucketEncryption {
  using Input = std::string;
  using Output = std::string;

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    const auto& documents = request.bucket().documents;
    const auto document = documents.find(kEncryption);
    if (document != documents.end()) return document->second;
    return encryption::render_bucket_default({});
  }
  static S3Result<Output> run(OperationContext&, Input document) { return document; }
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/xml");
  }
};
PAIL_OPERATION(GetBucketEncryption);

/// Goes back to what a new bucket has.
struct DeleteBucketEncryption : DeletesBucketDocument<kEncryption> {
  static Task<S3Result<Output>> run(OperationContext& context, Input change) {
    if (context.bucket_defaults != access::BucketDefaults::kClassic) {
      change.body = encryption::new_bucket_default();
    }
    PAIL_CO_CHECK(co_await apply_change(context.store, std::move(change)));
    co_return Output{};
  }
};
PAIL_OPERATION(DeleteBucketEncryption);

}  // namespace pail::operations
