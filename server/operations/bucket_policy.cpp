#include "access/policy.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/operation.h"

namespace pail::operations {

using model::document_kind::kPolicy;

/// The document is kept as it was sent: clients compare what they get back with what they put.
struct PutBucketPolicy : ChangesBucketDocument<204> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(access::parse_policy(request.document(), request.bucket().name));
    return change_document(request, kPolicy, request.document());
  }
};
PAIL_OPERATION(PutBucketPolicy);

struct GetBucketPolicy : ReadsBucketDocument<kPolicy, S3ErrorCode::NoSuchBucketPolicy> {
  static http::Response render(Output document) {
    return document_response(std::move(document), "application/json");
  }
};
PAIL_OPERATION(GetBucketPolicy);

struct DeleteBucketPolicy : DeletesBucketDocument<kPolicy> {};
PAIL_OPERATION(DeleteBucketPolicy);

}  // namespace pail::operations
