#include "cors/configuration.h"
#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"

namespace pail::operations {

using model::document_kind::kCors;

struct PutBucketCors : ChangesBucketDocument<200> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto configuration, cors::parse_configuration(request.document()));
    return change_document(request, kCors, cors::render_configuration(configuration));
  }
};
PAIL_OPERATION(PutBucketCors);

struct GetBucketCors : ReadsBucketDocument<kCors, S3ErrorCode::NoSuchCORSConfiguration> {};
PAIL_OPERATION(GetBucketCors);

struct DeleteBucketCors : DeletesBucketDocument<kCors> {};
PAIL_OPERATION(DeleteBucketCors);

}  // namespace pail::operations
