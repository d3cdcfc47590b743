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
    PAIL_TRY(const auto wanted, encryption::parse_bucket_default(request.document()));
    return change_document(request, kEncryption, encryption::render_bucket_default(wanted));
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

struct DeleteBucketEncryption : DeletesBucketDocument<kEncryption> {};
PAIL_OPERATION(DeleteBucketEncryption);

}  // namespace pail::operations
