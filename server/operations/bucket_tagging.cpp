#include "error/try.h"
#include "model/document_kind.h"
#include "operations/bucket_document.h"
#include "operations/document.h"
#include "operations/operation.h"
#include "operations/tagging_document.h"

namespace pail::operations {

using model::document_kind::kTagging;

struct PutBucketTagging : ChangesBucketDocument<204> {
  static S3Result<Input> parse(const AuthorizedRequest& request) {
    PAIL_CHECK(require_document_digest(request));
    PAIL_TRY(const auto tags,
             parse_tagging_document(request.document(), protocol::TaggedThing::kBucket));
    // No tags are none at all, as AWS was recorded to answer the Get that follows.
    if (tags.empty()) return change_document(request, kTagging, std::nullopt);
    return change_document(request, kTagging, render_tagging_document(tags));
  }
};
PAIL_OPERATION(PutBucketTagging);

struct GetBucketTagging : ReadsBucketDocument<kTagging, S3ErrorCode::NoSuchTagSet> {};
PAIL_OPERATION(GetBucketTagging);

struct DeleteBucketTagging : DeletesBucketDocument<kTagging> {};
PAIL_OPERATION(DeleteBucketTagging);

}  // namespace pail::operations
